import Testing

@testable import EntraSync

@Suite struct FieldCensusTests {
  static func census(_ filter: String, _ people: [[(String, String)]]) throws -> FieldCensus {
    var census = FieldCensus(try #require(try QueryFilter(filter).fields.first), by: ValueRules())
    for values in people { census.note(Sample.member(values)) }
    return census
  }

  @Test(
    "A field's census counts usable, missing and unusable values",
    arguments: [
      ("mail", [("mail", "a@b.fi")], [1, 0, 0]), ("mail", [], [0, 1, 0]),
      ("mail", [("mail", "  ")], [0, 1, 0]), ("mail", [("mail", "a b@c.fi")], [0, 0, 1]),
      ("mail|otherMails", [("otherMails", "a@b.fi")], [1, 0, 0]),
      ("mail|otherMails", [("mail", "*"), ("otherMails", "a@b.fi")], [1, 0, 0]),
      ("mail|otherMails", [("mail", "*")], [0, 0, 1]),
      ("otherMails", [("otherMails", "*"), ("otherMails", "a@b.fi")], [1, 0, 0]),
      ("proxyAddresses", [("proxyAddresses", "SMTP:a@b.fi")], [1, 0, 0]),
      ("proxyAddresses", [("proxyAddresses", "SIP:a@b.fi")], [0, 1, 0]),
      ("proxyAddresses", [("proxyAddresses", "smtp:*")], [0, 0, 1]),
      ("userPrincipalName", [("userPrincipalName", "a_b.fi#EXT#@c.fi")], [0, 0, 1]),
    ] as [(String, [(String, String)], [Int])])
  func counts(filter: String, values: [(String, String)], counts: [Int]) throws {
    let census = try Self.census(filter, [values])
    #expect([census.usable, census.empty, census.unusable] == counts)
  }

  @Test("Whom the configuration leaves out on purpose is counted apart in a field's census")
  func countsLeftOut() throws {
    let configuration = try Sample.configuration(
      adding: "QUERYFILTER = proxyAddresses", "DOMAINS = b.fi")
    var census = FieldCensus(
      try #require(configuration.queryFilter.fields.first), by: configuration.valueRules)
    for values in [["a@b.fi", "a@c.fi"], ["a@c.fi", "a@d.fi"], ["a@c.fi", "*"], [" "]] {
      census.note(Sample.member(values.map { ("proxyAddresses", "smtp:\($0)") }))
    }
    #expect([census.usable, census.leftOut, census.unusable, census.empty] == [1, 1, 2, 0])
    #expect(
      census.step
        == CheckStep(
          .attribute, .doubtful,
          "proxyAddresses: 1 people have one, 0 have none, 2 have one that no list can hold, "
            + "1 have one that the configuration leaves out"))
  }

  @Test(
    "A check's step about a field passes only if everybody has a usable value",
    arguments: [
      ([], .passed, "mail: 0 people have one, 0 have none, 0 have one that no list can hold"),
      (
        ["a@b.fi", "c@d.fi"], .passed,
        "mail: 2 people have one, 0 have none, 0 have one that no list can hold"
      ),
      (
        ["a@b.fi", ""], .doubtful,
        "mail: 1 people have one, 1 have none, 0 have one that no list can hold"
      ),
      (
        ["a@b.fi", "*"], .doubtful,
        "mail: 1 people have one, 0 have none, 1 have one that no list can hold"
      ),
    ] as [([String], CheckStep.Outcome, String)])
  func tells(mails: [String], outcome: CheckStep.Outcome, text: String) throws {
    let step = try Self.census("mail", mails.map { [("mail", $0)] }).step
    #expect(step == CheckStep(.attribute, outcome, text))
  }
}
