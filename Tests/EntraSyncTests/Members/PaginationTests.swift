import Testing

@testable import EntraSync

@Suite struct PaginationTests {
  static let first =
    "https://graph.microsoft.com/v1.0/groups/\(Sample.group)/members"
    + "?$select=id,mail,accountEnabled,userType&$top=999"

  static func pagination() throws -> Pagination {
    let configuration = try Sample.configuration()
    let group = try #require(configuration.groups.first)
    return Pagination(
      MembersRequest(group: group, of: configuration), graph: configuration.graph)
  }

  @Test("A pagination is complete when its last page has been read")
  func completes() throws {
    var pagination = try Self.pagination()
    #expect(pagination.urls == [Self.first])
    #expect(!pagination.isComplete)
    try pagination.follow("https://graph.microsoft.com/2?$skiptoken=a")
    try pagination.finishPage(newMembers: 1)
    #expect(!pagination.isComplete)
    try pagination.finishPage(newMembers: 1)
    #expect(pagination.isComplete)
    #expect(pagination.finished == 2)
    #expect(pagination.urls == [Self.first, "https://graph.microsoft.com/2?$skiptoken=a"])
  }

  @Test(
    "A page link to another place is refused by its host, without its path",
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
      ("/v1.0/groups/T0KEN", "something that is not an absolute URL"),
      ("v1.0/groups/x?T0KEN", "something that is not an absolute URL"),
      ("//evil/T0KEN", "something that is not an absolute URL"),
      ("javascript:T0KEN", "something that is not an absolute URL"),
      ("", "something that is not an absolute URL"),
    ])
  func refusesOtherPlaces(link: String, place: String) throws {
    var pagination = try Self.pagination()
    #expect(
      throws: EntraSyncError(
        .server,
        "Graph's nextLink leads away from https://graph.microsoft.com to \(place); it was not followed"
      )
    ) { try pagination.follow(link) }
    #expect(pagination.urls == [Self.first])
  }

  @Test("A repeated page link ends the pagination with an error")
  func refusesRepeats() throws {
    let repeats = EntraSyncError(.server, "Graph's pages repeat: a nextLink came twice")
    var pagination = try Self.pagination()
    #expect(throws: repeats) { try pagination.follow(Self.first) }
    try pagination.follow("https://graph.microsoft.com/2")
    try pagination.follow("https://graph.microsoft.com/3")
    #expect(throws: repeats) { try pagination.follow("https://graph.microsoft.com/2") }
  }

  @Test("A pagination without an end is stopped")
  func isBounded() throws {
    var pagination = try Self.pagination()
    for page in 1..<Pagination.mostPages {
      try pagination.follow("https://graph.microsoft.com/\(page)")
    }
    #expect(pagination.urls.count == Pagination.mostPages)
    #expect(
      throws: EntraSyncError(
        .server, "Graph's pages do not end: \(Pagination.mostPages) pages of one group were read")
    ) { try pagination.follow("https://graph.microsoft.com/last") }
  }

  static let refusal = EntraSyncError(.server, "Graph answered HTTP 400")

  @Test("An expired page link begins the pagination again, at most five times")
  func beginsAgain() throws {
    var pagination = try Self.pagination()
    for _ in 1...Pagination.mostRestarts {
      try pagination.follow("https://graph.microsoft.com/2")
      try pagination.finishPage(newMembers: 999)
      try pagination.restart(for: .expiredPageToken, refusal: Self.refusal)
      #expect(pagination.urls == [Self.first])
      #expect(pagination.finished == 0)
    }
    #expect(throws: Self.refusal) {
      try pagination.restart(for: .expiredPageToken, refusal: Self.refusal)
    }
  }

  @Test("A page size that is too large is halved, at most five times")
  func halvesPages() throws {
    var pagination = try Self.pagination()
    var sizes: [Int] = []
    for _ in 1...5 {
      try pagination.restart(for: .pageTooLarge, refusal: Self.refusal)
      sizes.append(pagination.request.pageSize)
      #expect(pagination.urls.first?.hasSuffix("&$top=\(pagination.request.pageSize)") == true)
    }
    #expect(sizes == [499, 249, 124, 62, 31])
    #expect(throws: Self.refusal) {
      try pagination.restart(for: .pageTooLarge, refusal: Self.refusal)
    }
  }

  @Test("A pagination whose pages bring nobody new is stopped")
  func endsBarrenWalks() throws {
    var pagination = try Self.pagination()
    try pagination.finishPage(newMembers: 5)
    for page in 1..<Pagination.mostBarrenPages {
      try pagination.follow("https://graph.microsoft.com/\(page)")
      try pagination.finishPage(newMembers: 0)
    }
    try pagination.follow("https://graph.microsoft.com/one")
    try pagination.follow("https://graph.microsoft.com/more")
    let error = #expect(throws: EntraSyncError.self) { try pagination.finishPage(newMembers: 0) }
    #expect(error?.message.contains("100 pages in a row brought nobody new") == true)
  }

  @Test("A pagination may end with pages that bring nobody new, however many")
  func endsAfterBarrenPages() throws {
    var pagination = try Self.pagination()
    for page in 1..<Pagination.mostBarrenPages {
      try pagination.follow("https://graph.microsoft.com/\(page)")
      try pagination.finishPage(newMembers: 0)
    }
    try pagination.finishPage(newMembers: 0)
    #expect(pagination.finished == Pagination.mostBarrenPages)
    #expect(pagination.isComplete)
  }

  @Test("Some pages without new members are legal, and a new member resets their count")
  func allowsEmptyPages() throws {
    var pagination = try Self.pagination()
    for page in 1...500 {
      try pagination.follow("https://graph.microsoft.com/\(page)")
      try pagination.finishPage(newMembers: page.isMultiple(of: 99) ? 1 : 0)
    }
  }
}
