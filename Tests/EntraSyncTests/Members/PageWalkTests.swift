import Testing

@testable import EntraSync

@Suite struct PageWalkTests {
  static let first = "https://graph.microsoft.com/v1.0/groups/x/members"

  static func walk() throws -> PageWalk {
    PageWalk(first: first, graph: try Endpoint("https://graph.microsoft.com"))
  }

  @Test("A walk is complete when its last page has been read")
  func completes() throws {
    var walk = try Self.walk()
    #expect(walk.urls == [Self.first])
    #expect(!walk.isComplete)
    try walk.follow("https://graph.microsoft.com/2?$skiptoken=a")
    walk.finishPage()
    #expect(!walk.isComplete)
    walk.finishPage()
    #expect(walk.isComplete)
    #expect(walk.finished == 2)
    #expect(walk.urls == [Self.first, "https://graph.microsoft.com/2?$skiptoken=a"])
  }

  @Test(
    "A link to another place is refused, naming the place and nothing after it",
    arguments: [
      ("https://evil.example/v1.0?$skiptoken=T0KEN", "\"https://evil.example\""),
      ("https://evil.example?$skiptoken=T0KEN", "\"https://evil.example\""),
      ("https://evil.example#T0KEN", "\"https://evil.example\""),
      ("https://graph.microsoft.com@evil/T0KEN", "\"https://evil\""),
      ("https://u:T0KEN@evil/x", "\"https://evil\""),
      ("https://evil\\T0KEN", "\"https://evil\""),
      ("http://graph.microsoft.com/T0KEN", "\"http://graph.microsoft.com\""),
      ("https://graph.microsoft.com:8443/T0KEN", "\"https://graph.microsoft.com:8443\""),
      ("https://graph.microsoft.com.evil/", "\"https://graph.microsoft.com.evil\""),
      ("https://ev\nil/T0KEN", "\"https://ev\\u{a}il\""),
      ("/v1.0/groups/T0KEN", "something that is no absolute URL"),
      ("v1.0/groups/x?T0KEN", "something that is no absolute URL"),
      ("//evil/T0KEN", "something that is no absolute URL"),
      ("javascript:T0KEN", "something that is no absolute URL"),
      ("", "something that is no absolute URL"),
    ])
  func refusesOtherPlaces(link: String, place: String) throws {
    var walk = try Self.walk()
    #expect(
      throws: EntraSyncError(
        .server,
        "Graph's nextLink leads away from https://graph.microsoft.com to \(place); it was not followed"
      )
    ) { try walk.follow(link) }
    #expect(walk.urls == [Self.first])
  }

  @Test("A link that came before ends the walk with an error")
  func refusesRepeats() throws {
    let repeats = EntraSyncError(.server, "Graph's pages repeat: a nextLink came twice")
    var walk = try Self.walk()
    #expect(throws: repeats) { try walk.follow(Self.first) }
    try walk.follow("https://graph.microsoft.com/2")
    try walk.follow("https://graph.microsoft.com/3")
    #expect(throws: repeats) { try walk.follow("https://graph.microsoft.com/2") }
  }

  @Test("A walk that does not end is cut")
  func isBounded() throws {
    var walk = try Self.walk()
    for page in 1..<PageWalk.longestWalk { try walk.follow("https://graph.microsoft.com/\(page)") }
    #expect(walk.urls.count == PageWalk.longestWalk)
    #expect(
      throws: EntraSyncError(
        .server, "Graph's pages do not end: \(PageWalk.longestWalk) pages of one group were read")
    ) { try walk.follow("https://graph.microsoft.com/last") }
  }
}
