import Testing

@testable import EntraSync

@Suite struct PageWalkTests {
  static let first =
    "https://graph.microsoft.com/v1.0/groups/\(Sample.group)/members?$select=id,mail&$top=999"

  static func walk() throws -> PageWalk {
    let configuration = try Sample.configuration()
    let group = try #require(configuration.groups.first)
    return PageWalk(
      MembersRequest(group: group, of: configuration), graph: configuration.graph)
  }

  @Test("A walk is complete when its last page has been read")
  func completes() throws {
    var walk = try Self.walk()
    #expect(walk.urls == [Self.first])
    #expect(!walk.isComplete)
    try walk.follow("https://graph.microsoft.com/2?$skiptoken=a")
    try walk.finishPage(newMembers: 1)
    #expect(!walk.isComplete)
    try walk.finishPage(newMembers: 1)
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
      ("https://u:T0KEN@\u{301}evil/x", "\"https://\u{301}evil\""),
      ("https://evil/\u{301}T0KEN", "\"https://evil\""),
      ("https://evil?\u{301}T0KEN", "\"https://evil\""),
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

  static let refusal = EntraSyncError(.server, "Graph answered HTTP 400")

  @Test("A link that has expired begins the walk again, five times and no more")
  func beginsAgain() throws {
    var walk = try Self.walk()
    for _ in 1...PageWalk.mostRestarts {
      try walk.follow("https://graph.microsoft.com/2")
      try walk.finishPage(newMembers: 999)
      try walk.restart(for: .expiredPageToken, refusal: Self.refusal)
      #expect(walk.urls == [Self.first])
      #expect(walk.finished == 0)
    }
    #expect(throws: Self.refusal) {
      try walk.restart(for: .expiredPageToken, refusal: Self.refusal)
    }
  }

  @Test("Pages that are too large are halved, until their size cannot be what is wrong")
  func halvesPages() throws {
    var walk = try Self.walk()
    var sizes: [Int] = []
    for _ in 1...5 {
      try walk.restart(for: .pageTooLarge, refusal: Self.refusal)
      sizes.append(walk.request.pageSize)
      #expect(walk.urls.first?.hasSuffix("&$top=\(walk.request.pageSize)") == true)
    }
    #expect(sizes == [499, 249, 124, 62, 31])
    #expect(throws: Self.refusal) { try walk.restart(for: .pageTooLarge, refusal: Self.refusal) }
  }

  @Test("Page after page without anybody new, under ever new links, is cut")
  func endsBarrenWalks() throws {
    var walk = try Self.walk()
    try walk.finishPage(newMembers: 5)
    for page in 1..<PageWalk.mostBarrenPages {
      try walk.follow("https://graph.microsoft.com/\(page)")
      try walk.finishPage(newMembers: 0)
    }
    try walk.follow("https://graph.microsoft.com/one")
    try walk.follow("https://graph.microsoft.com/more")
    let error = #expect(throws: EntraSyncError.self) { try walk.finishPage(newMembers: 0) }
    #expect(error?.message.contains("100 pages in a row brought nobody new") == true)
  }

  @Test("Some empty pages are legal, and a new member makes up for those before")
  func allowsEmptyPages() throws {
    var walk = try Self.walk()
    for page in 1...500 {
      try walk.follow("https://graph.microsoft.com/\(page)")
      try walk.finishPage(newMembers: page.isMultiple(of: 99) ? 1 : 0)
    }
  }
}
