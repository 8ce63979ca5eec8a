import Testing

@testable import EntraSync

@Suite struct AddressVerdictTests {
  static let address = "anna@example.com"
  static let ids = (1...4).compactMap { ObjectID("00000000-0000-4000-8000-00000000000\($0)") }

  /// Somebody in the groups who has the address.
  static func claimant(
    _ number: Int, phone: String? = nil, alternative: Int = 0, userType: String? = "Member",
    isEnabled: Bool? = true
  ) -> AddressFinding.Claimant {
    var member = Sample.member(
      [("mail", address)] + (phone.map { [("mobilePhone", $0)] } ?? []),
      id: ids[number - 1].text)
    member.account.userType = userType
    member.account.isEnabled = isEnabled
    return AddressFinding.Claimant(
      member: member, rank: ClaimRank(alternative: alternative, of: member))
  }

  static func found(
    _ claimants: AddressFinding.Claimant..., excluding excluded: [Int] = []
  ) -> LookupAnswer {
    var finding = AddressFinding()
    finding.claimants = claimants
    for number in excluded { finding.exclusions.insert(ids[number - 1]) }
    return .found(finding)
  }

  static let late = LookupAnswer.unknown(EntraSyncError(.timeout, "too late"))

  static func decision(
    _ filter: String, _ answers: [(LookupAnswer, hasExclusions: Bool)]
  ) throws -> String {
    let shape = try LineShape(.attributes, QueryFilter(filter), by: ValueRules())
    let verdict = AddressVerdict(
      of: address,
      answers.map { AddressVerdict.Part($0.0, shape: shape, hasExclusions: $0.hasExclusions) })
    return switch verdict.decision {
    case .member(let lines, let person):
      "\(person.id.text.suffix(1)): \(lines.joined(separator: "; "))"
    case .withoutLine(let reason): "without: \(reason)"
    case .notMember: "no"
    case .unknown(let error): "unknown: \(error.message)"
    }
  }

  @Test("A member's line is the one that a list would hold")
  func finds() throws {
    let answers = [(Self.found(Self.claimant(1, phone: "0401234567")), false)]
    #expect(try Self.decision("mail,mobilePhone", answers) == "1: anna@example.com 0401234567")
    #expect(try Self.decision("mail", answers) == "1: anna@example.com")
    #expect(try Self.decision("mail", [(.notMember, false)]) == "no")
  }

  @Test("A member without a value is no member with a line, and the reason names the attribute")
  func namesMissingValue() throws {
    let answers = [(Self.found(Self.claimant(1)), false)]
    #expect(try Self.decision("mail,mobilePhone", answers) == "without: has no mobilePhone")
    let refused = try Self.decision(
      "mail,mobilePhone", [(Self.found(Self.claimant(1, phone: "x")), false)])
    #expect(refused.hasPrefix("without: mobilePhone \"x\""))
  }

  @Test("People of two configurations compete for an address as people of one do")
  func disputes() throws {
    let one = Self.found(Self.claimant(1, phone: "0401111111"))
    let two = Self.found(Self.claimant(2, phone: "0402222222"))
    let guest = Self.found(Self.claimant(3, phone: "0403333333", userType: "Guest"))
    for pair in [[one, two], [two, one]] {
      let decision = try Self.decision("mail,mobilePhone", pair.map { ($0, false) })
      #expect(decision.hasPrefix("without: \"anna@example.com\" belongs to"))
      #expect(Self.ids[..<2].allSatisfy { decision.contains($0.text) })
    }
    for pair in [[one, guest], [guest, one]] {
      #expect(
        try Self.decision("mail,mobilePhone", pair.map { ($0, false) })
          == "1: anna@example.com 0401111111")
    }
    #expect(try Self.decision("mail", [(two, false), (one, false)]) == "1: anna@example.com")
  }

  @Test("Whom one configuration excludes, another does not bring back")
  func excludes() throws {
    let one = Self.found(Self.claimant(1))
    #expect(try Self.decision("mail", [(one, false), (Self.found(excluding: [1]), true)]) == "no")
    #expect(
      try Self.decision("mail", [(one, false), (Self.found(excluding: [2]), true)])
        == "1: anna@example.com")
  }

  @Test("A configuration that cannot tell makes the answer unknown where it could matter")
  func doubts() throws {
    let one = Self.found(Self.claimant(1, phone: "0401111111"))
    let unknown = "unknown: too late"
    #expect(try Self.decision("mail", [(.notMember, false), (Self.late, false)]) == unknown)
    #expect(try Self.decision("mail", [(one, false), (Self.late, false)]) == "1: anna@example.com")
    #expect(try Self.decision("mail", [(one, false), (Self.late, true)]) == unknown)
    #expect(try Self.decision("mail,mobilePhone", [(one, false), (Self.late, false)]) == unknown)
  }
}
