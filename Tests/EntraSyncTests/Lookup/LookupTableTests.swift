import Testing

@testable import EntraSync

@Suite struct LookupTableTests {
  static let tenant = SmallTenant.anna(in: [Sample.group])

  /// A table for some addresses that has to confirm the configuration's group.
  static func table(_ addresses: [String]) throws -> LookupTable {
    let configuration = try Sample.configuration()
    return LookupTable(
      addresses.map { AddressQuestion($0, in: configuration) },
      confirming: configuration.groups, configuration, policy: .standard)
  }

  /// Sends the questions that are due and takes the tenant's replies, or others in their place.
  static func step(
    _ table: inout LookupTable, at now: Double = 0,
    _ other: (GraphQuestion) -> GraphReply? = { _ in nil }
  ) throws -> [GroupQuestion] {
    let batch = try #require(table.queue.batch(at: now))
    let replies = try batch.questions.compactMapValues { question in
      if let reply = other(question) ?? group(question) { return reply }
      guard case .reply(let reply) = try tenant.reply(to: question) else { return nil }
      return reply
    }
    table.queue.take(replies, to: batch, at: now, remaining: 300, jitter: 0)
    return try table.takeOutcomes(of: batch, roles: nil)
  }

  static func group(_ question: GraphQuestion) -> GraphReply? {
    question.path.hasPrefix("/groups/") ? GraphReply(httpStatus: 200, body: .object([:])) : nil
  }

  @Test("One batch answers several addresses and confirms the group")
  func answersInOneBatch() throws {
    var table = try Self.table([SmallTenant.address, "stranger@example.com", "*"])
    #expect(try Self.step(&table).map(\.group.text) == [Sample.group])
    #expect(table.isAnswered && table.areGroupsConfirmed)
    #expect(table.due == nil)
    #expect(table.answers[0].members?.map(\.id.text) == [SmallTenant.anna])
    #expect(Array(table.answers[1...]) == [.notMember, .notMember])
  }

  @Test("A lookup asks nothing if no address needs a question")
  func asksNothing() throws {
    let table = try Self.table(["*", "", "no address"])
    #expect(table.queue.batch(at: 0) == nil)
    #expect(table.due == nil)
    #expect(table.answers == [.notMember, .notMember, .notMember])
  }

  @Test("A lookup with a group that does not exist fails")
  func refusesMissingGroup() throws {
    var table = try Self.table(["stranger@example.com"])
    let missing = GraphReply(
      httpStatus: 404,
      body: .object(["error": .object(["code": .string("Request_ResourceNotFound")])]))
    let error = #expect(throws: EntraSyncError.self) {
      _ = try Self.step(&table) { $0.path.hasPrefix("/groups/") ? missing : nil }
    }
    #expect(error?.status == .notFound)
    #expect(!table.areGroupsConfirmed)
  }

  @Test("A throttled guess is not waited for once the answer is known")
  func forgetsGuess() throws {
    var table = try Self.table(["stranger@example.com"])
    let busy = GraphReply(httpStatus: 429, retryAfter: 100)
    _ = try Self.step(&table) { $0.path.contains("/memberOf") ? busy : nil }
    #expect(table.answers == [.notMember])
    #expect(table.due == nil)
    #expect(table.queue.due == nil)
  }

  @Test("A throttled check of a group is waited for")
  func waitsForGroup() throws {
    var table = try Self.table(["stranger@example.com"])
    let busy = GraphReply(httpStatus: 429, retryAfter: 100)
    _ = try Self.step(&table) { $0.path.hasPrefix("/groups/") ? busy : nil }
    #expect(table.isAnswered && !table.areGroupsConfirmed)
    #expect(table.due == 100)
    #expect(try Self.step(&table, at: 100).map(\.group.text) == [Sample.group])
    #expect(table.due == nil)
  }

  @Test("An error that ends a lookup keeps the answers found so far")
  func endsWithError() throws {
    var table = try Self.table([SmallTenant.address, "stranger@example.com"])
    let busy = GraphReply(httpStatus: 503)
    _ = try Self.step(&table) { $0.path.contains("stranger") ? busy : nil }
    let error = EntraSyncError(.timeout, "the run took longer than 1 s")
    table.end(with: error)
    #expect(table.answers[0].members?.map(\.id.text) == [SmallTenant.anna])
    #expect(table.answers[1] == .unknown(error))
  }
}
