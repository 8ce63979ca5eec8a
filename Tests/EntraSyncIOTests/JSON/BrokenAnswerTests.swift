import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("When an answer is not what it should be")
struct BrokenAnswerTests {
  /// A fault of a page, and words that the message must contain.
  static let fatal: [(fault: String, word: String)] = [
    ("wrong-type:mail", "no text in \"mail\""),
    ("wrong-type:id", "without its id"),
    ("wrong-shape:mail", "no text in \"mail\""),
    ("wrong-shape:id", "without its id"),
    ("wrong-id", "no GUID"),
    ("empty-next-link", "an empty nextLink"),
    ("other-next-link", "\"@odata.nextlink\", which could be a nextLink"),
    ("other-next-link:odata.nextLink", "\"odata.nextLink\", which could be a nextLink"),
    ("other-next-link:%40nextLink", "\"@nextLink\", which could be a nextLink"),
    ("number-next-link", "a nextLink that is no text"),
    ("repeated-next-link", "repeat"),
    ("endless-pages", "brought nobody new"),
    ("foreign-next-link", "evil.example"),
    ("no-value", "no list of members"),
    ("value-not-array", "no array in \"value\""),
    ("member-not-object", "a member that is no object"),
    ("spliced-error", "an error in the middle"),
    ("bad-utf8", "no valid JSON"),
    ("false-surrogate-pair", "half a character"),
    ("lone-surrogate", "half a character"),
    ("deep-nesting", "nested too deeply"),
    ("huge-string", "more than 16 MB"),
    ("huge-string:2", "a value of more than a megabyte"),
    ("cut-json", "broken off"),
    ("not-json", "but with the page \"Sign in to the guest network\""),
    ("empty-body", "no valid JSON"),
  ]

  @Test(
    "A page that is not what it should be leaves the list as it was, and one line says why",
    arguments: fatal)
  func listStays(fault: String, word: String) async throws {
    try await SimulatedTenant.with { tenant in
      let error = try await tenant.failedRun(fault, timeout: 86_400)
      #expect(error.status == .server)
      #expect(error.message.contains(word), "\(error.message)")
    }
  }

  @Test(
    "A second page that is not what it should be leaves the list as it was",
    arguments: fatal.map(\.fault).filter {
      !["repeated-next-link", "endless-pages", "huge-string"].contains($0)
    })
  func listStaysAtSecondPage(fault: String) async throws {
    try await SimulatedTenant.with { tenant in
      let error = try await tenant.failedRun("\(fault)#2", "empty-page")
      #expect(error.status == .server)
    }
  }

  @Test(
    "A null page link leaves the list as it was beside a full page, and is legal on a short one")
  func nullLinkOnFullPage() async throws {
    try await SimulatedTenant.with(members: 1100) { tenant in
      let calm = try await tenant.calmRun()
      try await tenant.survivedRun("null-next-link#2", like: calm)
      let error = try await tenant.failedRun("null-next-link#1", timeout: 86_400)
      #expect(error.status == .server)
      #expect(error.message.contains("null beside a full page"), "\(error.message)")
    }
  }

  /// A fault of a token answer, and words that the message must contain.
  static let fatalAtSignIn: [(fault: String, word: String)] = [
    ("bad-utf8", "no valid JSON"),
    ("false-surrogate-pair", "half a character"),
    ("lone-surrogate", "half a character"),
    ("deep-nesting", "nested too deeply"),
    ("huge-string:2", "more than 1 MB"),
    ("cut-json", "broken off"),
    ("not-json", "but with the page \"Sign in to the guest network\""),
    ("empty-body", "no valid JSON"),
  ]

  @Test(
    "A token answer that is not what it should be leaves the list as it was",
    arguments: fatalAtSignIn)
  func listStaysAtSignIn(fault: String, word: String) async throws {
    try await SimulatedTenant.with { tenant in
      let error = try await tenant.failedRun("\(fault)@token")
      #expect(error.status == .server)
      #expect(error.message.contains(word), "\(error.message)")
      #expect(tenant.simulator.requests.pages.isEmpty)
    }
  }

  /// Answers that are legal but unusual.
  static let odd = [
    "empty-page", "repeated-members", "late-next-link", "unknown-members", "byte-order-mark",
    "escaped", "text-expiry@token", "byte-order-mark@token", "unknown-members@token",
  ]

  @Test("An answer that is odd but legal gives the same list", arguments: odd)
  func survivesOddities(fault: String) async throws {
    try await SimulatedTenant.with(members: 1100) { tenant in
      let calm = try await tenant.calmRun()
      try await tenant.survivedRun(fault, like: calm)
    }
  }

  @Test("A page link is followed wherever it stands in the page, even if the page has no members")
  func followsLateLinks() async throws {
    try await SimulatedTenant.with(members: 1100) { tenant in
      let calm = try await tenant.calmRun()
      let requests = try await tenant.survivedRun(
        "late-next-link", "empty-page", "unknown-members", "byte-order-mark", like: calm)
      #expect(requests.pages.count == 2 * calm.requests.pages.count)
    }
  }

  /// Faults that a retry may get past.
  static let passing = [
    "wrong-shape:mail*1#2", "wrong-id*1#2", "other-next-link*1", "empty-next-link*1#2",
    "wrong-type:mail*1#2", "number-next-link*1", "no-value*1", "value-not-array*1",
    "member-not-object*1#2", "spliced-error*1#2", "spliced-error*5#2", "bad-utf8*1#2",
    "false-surrogate-pair*1#2", "deep-nesting*1", "huge-string:2*1", "cut-json*1", "not-json*1",
    "empty-body*1", "bad-utf8*1@token", "deep-nesting*1@token", "huge-string:2*1@token",
    "cut-json*5@token", "not-json*1@token", "empty-body*1@token",
  ]

  /// Those whose page has its link. The empty page that comes next has another one, so that the
  /// group is begun again, and two pages more were asked for in vain.
  static let passingWithLink = ["no-value*1", "value-not-array*1", "huge-string:2*1"]

  @Test(
    "An answer that is wrong only once is requested again, and the list is right",
    arguments: passing)
  func survives(fault: String) async throws {
    try await SimulatedTenant.with { tenant in
      let calm = try await tenant.calmRun(oddities: ["empty-page"])
      let requests = try await tenant.survivedRun(fault, "empty-page", like: calm)
      let more = fault.contains("*5") ? 5 : Self.passingWithLink.contains(fault) ? 3 : 1
      #expect(requests.count == calm.requests.count + more)
    }
  }
}
