import Testing

@testable import EntraSync

@Suite struct GraphQuestionTests {
  @Test(
    "A page link becomes a whole path below the API version",
    arguments: [
      (
        "https://graph.microsoft.com", "https://graph.microsoft.com/v1.0/users?$skiptoken=a%2Fb/c",
        "/users?$skiptoken=a%2Fb/c"
      ),
      ("https://graph.microsoft.com", "HTTPS://Graph.Microsoft.com:443/v1.0/x", "/x"),
      ("https://graph.microsoft.com", "https://graph.microsoft.com/v1.0/", "/"),
      ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v1.0/users?a=//b", "/users?a=//b"),
      ("https://proxy.example/graph", "https://proxy.example/graph/v1.0/users", "/users"),
    ])
  func follows(graph: String, link: String, path: String) throws {
    let question = try GraphQuestion(nextLink: link, graph: try Endpoint(graph))
    #expect(question == GraphQuestion(path))
  }

  @Test(
    "A page link to another place is not followed",
    arguments: [
      ("https://evil.example/v1.0/users", "Graph's nextLink leads away from https://g.example to"),
      (
        "https://g.example.evil.example/v1.0/x",
        "Graph's nextLink leads away from https://g.example"
      ),
      (
        "https://g.example@evil.example/v1.0/x",
        "Graph's nextLink leads away from https://g.example"
      ),
      ("https://g.example:444/v1.0/x", "Graph's nextLink leads away from https://g.example to"),
      ("http://g.example/v1.0/x", "Graph's nextLink leads away from https://g.example to"),
      ("//evil.example/v1.0/x", "Graph's nextLink leads away from https://g.example to"),
      ("/v1.0/users", "Graph's nextLink leads away from https://g.example to"),
      ("", "Graph's nextLink leads away from https://g.example to"),
      ("https://g.example\\@evil.example/v1.0/x", "Graph's nextLink leads away from https://g"),
      ("https://g.example/v1.0/x\r\nHost: evil.example", "Graph's nextLink leads away from"),
      ("https://g.example/beta/users", "Graph's nextLink leads away from /v1.0"),
      ("https://g.example/", "Graph's nextLink leads away from /v1.0"),
      ("https://g.example/v1.0", "Graph's nextLink leads away from /v1.0"),
      ("https://g.example/v1.00/x", "Graph's nextLink leads away from /v1.0"),
      ("https://g.example//v1.0/x", "Graph's nextLink leads away from /v1.0"),
    ])
  func refuses(link: String, message: String) throws {
    let graph = try Endpoint("https://g.example")
    let error = #expect(throws: EntraSyncError.self) {
      try GraphQuestion(nextLink: link, graph: graph)
    }
    #expect(error?.status == .server)
    #expect(error?.message.hasPrefix(message) == true)
    #expect(error?.message.contains("users") == false)
  }
}
