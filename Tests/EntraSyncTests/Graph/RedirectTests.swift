import Testing

@testable import EntraSync

/// The cases of the redirect handlers of Microsoft's own clients. Relative Locations are made
/// absolute by libcurl before the decision; a redirect that is followed over the wire, until it is
/// one too many, is the fault `redirect-loop` in the suite "When a server fails".
@Suite struct RedirectTests {
  static func target(
    _ location: String?, httpStatus: Int = 302, hops: Int = 0,
    graph: String = "https://graph.microsoft.com"
  ) throws -> String {
    try Redirect.target(
      httpStatus: httpStatus, location: location, hops: hops, graph: try Endpoint(graph))
  }

  static func message(_ body: () throws -> String) -> String? {
    do {
      _ = try body()
      return nil
    } catch { return (error as? EntraSyncError)?.message }
  }

  @Test(
    "301, 302, 303, 307 and 308 are redirects, and nothing else is",
    arguments: [200, 300, 301, 302, 303, 304, 305, 306, 307, 308, 309, 400, 500])
  func knowsStatuses(httpStatus: Int) {
    let isRedirect = [301, 302, 303, 307, 308].contains(httpStatus)
    #expect(Redirect.isRedirect(httpStatus) == isRedirect)
  }

  @Test(
    "A redirect to the same scheme, host and port is followed",
    arguments: [
      "https://graph.microsoft.com/v1.0/elsewhere?$skiptoken=x",
      "https://GRAPH.microsoft.com/x", "https://graph.microsoft.com:443/x",
    ])
  func followsHome(location: String) throws {
    #expect(try Self.target(location) == location)
  }

  @Test(
    "A redirect to another host, scheme or port is refused by name, before anything is sent there",
    arguments: [
      ("https://evil.example/v1.0?token=T0KEN", "\"https://evil.example\""),
      ("http://graph.microsoft.com/x", "\"http://graph.microsoft.com\""),
      ("https://graph.microsoft.com:8443/x", "\"https://graph.microsoft.com:8443\""),
      (
        "https://graph.microsoft.com.evil.example/x", "\"https://graph.microsoft.com.evil.example\""
      ),
      ("https://user:T0KEN@evil.example/x", "\"https://evil.example\""),
      ("ftp://graph.microsoft.com/x", "\"ftp://graph.microsoft.com\""),
      ("file:///etc/passwd", "\"file://\""),
      ("::::", "something that is not an absolute URL"),
    ])
  func refusesOthers(location: String, place: String) {
    #expect(
      Self.message { try Self.target(location) }
        == "Graph's redirect leads away from https://graph.microsoft.com to \(place); it was not "
        + "followed")
  }

  @Test("A redirect from https to http is refused, and from loopback http to https too")
  func keepsScheme() {
    #expect(Self.message { try Self.target("http://graph.microsoft.com/") } != nil)
    #expect(
      Self.message { try Self.target("https://127.0.0.1:80/", graph: "http://127.0.0.1") } != nil)
  }

  @Test("A redirect without a Location is an error that says so", arguments: [nil, ""])
  func needsLocation(location: String?) {
    #expect(
      Self.message { try Self.target(location, httpStatus: 307) }
        == "Graph answered with a redirect (HTTP 307) that names no place; check GRAPHURL and the "
        + "proxy")
  }

  @Test("Five redirects of one request are followed, and no sixth")
  func isBounded() throws {
    let location = "https://graph.microsoft.com/x"
    for hops in 0..<5 { _ = try Self.target(location, hops: hops) }
    #expect(
      Self.message { try Self.target(location, hops: 5) }?.contains("more than 5 redirects") == true
    )
  }
}
