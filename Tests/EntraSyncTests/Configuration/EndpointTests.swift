import Testing

@testable import EntraSync

@Suite struct EndpointTests {
  @Test(
    "An endpoint is scheme, host, port and path, in one spelling",
    arguments: [
      ("https://graph.microsoft.com", "https://graph.microsoft.com", ""),
      ("https://graph.microsoft.com/", "https://graph.microsoft.com", ""),
      ("HTTPS://Graph.Microsoft.COM:443//", "https://graph.microsoft.com", ""),
      ("https://proxy.example:8443/Graph/", "https://proxy.example:8443", "/Graph"),
      ("http://127.0.0.1:8080", "http://127.0.0.1:8080", ""),
      ("http://127.0.0.1:80/x", "http://127.0.0.1", "/x"),
      ("http://127.255.0.9", "http://127.255.0.9", ""),
      ("http://localhost:1", "http://localhost:1", ""),
      ("http://[::1]:65535", "http://[::1]:65535", ""),
      ("https://[2001:DB8::1]/a", "https://[2001:db8::1]", "/a"),
      ("https://a:0443", "https://a", ""),
    ])
  func reads(text: String, origin: String, path: String) throws {
    let endpoint = try Endpoint(text)
    #expect(endpoint.origin == origin)
    #expect(endpoint.path == path)
    #expect(endpoint.url("/v1.0/x") == origin + path + "/v1.0/x")
  }

  @Test(
    "An endpoint may use http on a loopback address only",
    arguments: [
      "http://graph.microsoft.com", "http://127.0.0.1.evil.example", "http://127.evil.example.a",
      "http://127.-0.0.1", "http://127.0.0.256", "http://127.1", "http://128.0.0.1",
      "http://0.0.0.0",
      "http://[::2]", "http://[::ffff:127.0.0.1]", "http://localhost.evil", "http://10.0.0.1:8080",
    ])
  func refusesCleartext(text: String) {
    #expect(
      throws: Malformed("must begin with https://; http is allowed on a loopback address only")
    ) { try Endpoint(text) }
  }

  @Test(
    "An endpoint that is not a plain URL is refused",
    arguments: [
      ("", "is not a URL"), ("graph.microsoft.com", "is not a URL"), ("https:/x", "is not a URL"),
      ("https:x", "is not a URL"), (":", "is not a URL"), ("//host", "is not a URL"),
      ("://host", "must begin with https://"), ("ftp://host", "must begin with https://"),
      ("file:///etc/passwd", "must begin with https://"),
      ("https ://a", "must begin with https://"),
      ("https://", "has no valid host name"), ("https:///x", "has no valid host name"),
      ("https://:443", "has no valid host name"), ("https://a_b", "has no valid host name"),
      ("https://a..b", "has no valid host name"), ("https://.a", "has no valid host name"),
      ("https://user@host", "must be a plain URL"), ("https://u:p@host", "must be a plain URL"),
      ("https://host?x", "must be a plain URL"), ("https://host/#x", "must be a plain URL"),
      ("https://host\\@evil", "must be a plain URL"), ("https://ho st", "must be a plain URL"),
      ("https://h\u{F6}st", "must be a plain URL"), ("https://host/\u{0}", "must be a plain URL"),
      ("https://host/%2e%2e", "must be a plain URL"), ("https://host/\n", "must be a plain URL"),
      ("https://host:", "has no valid port"), ("https://host:0", "has no valid port"),
      ("https://host:65536", "has no valid port"), ("https://host:-1", "has no valid port"),
      ("https://host:+1", "has no valid port"), ("https://host:8a", "has no valid port"),
      ("https://host:99999999999999999999", "has no valid port"),
      ("https://[::1", "has no valid host name"), ("https://[]", "malformed IPv6"),
      ("https://[::1%25lo]", "must be a plain URL"), ("https://[::g]", "malformed IPv6"),
      ("https://[::1]x", "has no valid port"), ("https://[::1]:", "has no valid port"),
    ])
  func refuses(text: String, reason: String) {
    let error = #expect(throws: Malformed.self) { try Endpoint(text) }
    #expect(error?.reason.contains(reason) == true)
    #expect(error.map { !$0.reason.contains("u:p") } == true)
  }

  @Test(
    "A page link to the same scheme, host and port stays at the endpoint",
    arguments: [
      "https://graph.microsoft.com/", "https://graph.microsoft.com/v1.0/groups/x?$skiptoken=a%20b",
      "HTTPS://GRAPH.microsoft.com/x", "https://graph.microsoft.com:443/v1.0",
      "https://graph.microsoft.com/a@b", "https://graph.microsoft.com//evil.example/x",
    ])
  func covers(url: String) throws {
    #expect(try Endpoint("https://graph.microsoft.com").covers(url))
    #expect(try Endpoint("https://graph.microsoft.com:443/behind").covers(url))
  }

  @Test(
    "A page link to another place, or one that could be read in two ways, leaves the endpoint",
    arguments: [
      "", "/", "/v1.0/groups", "//graph.microsoft.com/", "https:", "https://", "https:///",
      "https://graph.microsoft.com", "https://graph.microsoft.com?x=/",
      "https://graph.microsoft.com#/",
      "http://graph.microsoft.com/", "https://evil.example/", "https://graph.microsoft.com.evil/",
      "https://graph.microsoft.com@evil/", "https://graph.microsoft.com:443@evil/",
      "https://graph.microsoft.com:x@evil/", "https://user@graph.microsoft.com/",
      "https://evil/https://graph.microsoft.com/", "https://graph.microsoft.com:8443/",
      "https://graph.microsoft.com:80/", "https://graph.microsoft.com:0443/",
      "https://graph.microsoft.com:/", "https://graph.microsoft.com./",
      "https://graph.microsoft.com\\@evil/", "https://graph.microsoft.com/\\evil",
      "https:\\\\graph.microsoft.com/", "https://graph.microsoft.com/\n",
      "\nhttps://graph.microsoft.com/",
      " https://graph.microsoft.com/", "https://graph.microsoft.com/a b",
      "https://graph.microsoft.com/\r\nHost: evil", "https://graph.microsoft.com\u{0}/",
      "https://graph.microsoft.com/\u{FF}", "https://gr\u{430}ph.microsoft.com/",
      "https://graph.microsoft.com\u{FF0F}evil/", "https://GRAPH.M\u{130}CROSOFT.COM/",
    ])
  func coversNothingElse(url: String) throws {
    #expect(try !Endpoint("https://graph.microsoft.com").covers(url))
  }

  @Test("A URL stays at an endpoint with a port of its own only with the same port")
  func comparesPorts() throws {
    let endpoint = try Endpoint("http://127.0.0.1:8080")
    #expect(endpoint.covers("http://127.0.0.1:8080/x"))
    #expect(!endpoint.covers("http://127.0.0.1:80801/x"))
    #expect(!endpoint.covers("http://127.0.0.1:808/x"))
    #expect(!endpoint.covers("http://127.0.0.1/x"))
    #expect(!endpoint.covers("http://127.0.0.1:80/x"))
    #expect(try Endpoint("http://[::1]:9").covers("http://[::1]:9/x"))
    #expect(try Endpoint("http://localhost").covers("http://localhost:80/x"))
    #expect(try !Endpoint("http://localhost").covers("http://localhost:443/x"))
  }
}
