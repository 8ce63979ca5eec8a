import Testing

@testable import EntraSync

@Suite struct ClaimSetTests {
  static let address = "anna@example.com"
  static let ids = (1...5).compactMap { ObjectID("00000000-0000-4000-8000-00000000000\($0)") }

  /// Somebody with the address.
  static func claim(
    _ number: Int, _ phone: String?, alternative: Int = 0, userType: String? = "Member",
    isEnabled: Bool? = true, isRefused: Bool = false
  ) -> Claim {
    var member = Member(id: ids[number - 1], type: "user")
    member.account.userType = userType.map(Member.UserType.init)
    member.account.isEnabled = isEnabled
    return Claim(
      address: address, person: member.id, rank: ClaimRank(alternative: alternative, of: member),
      outcome: isRefused ? .refused : phone.map { .lines(["\(address) \($0)"]) } ?? .lacking)
  }

  /// What claims come to, which is the same in every order.
  static func resolve(
    _ claims: [Claim], excluding exclusions: Exclusions = Exclusions()
  ) -> (lines: [String], disputes: [Int], losers: Set<ObjectID>) {
    let results = [claims, claims.reversed(), Array(claims.dropFirst() + claims.prefix(1))].map {
      var set = ClaimSet()
      for claim in $0 { set.insert(claim) }
      let resolution = set.resolve(excluding: exclusions)
      return (
        lines: String(decoding: resolution.lines.fileContent, as: UTF8.self)
          .split(separator: "\n").map { String($0.dropFirst(address.count + 1)) },
        disputes: resolution.disputed.map(\.people.count),
        losers: Set(resolution.losers.map(\.person))
      )
    }
    for result in results.dropFirst() {
      #expect(result.lines == results[0].lines)
      #expect(result.disputes == results[0].disputes)
      #expect(result.losers == results[0].losers)
    }
    return results[0]
  }

  @Test(
    "Of two people with one address, the one of higher rank has it",
    arguments: [
      (claim(1, "1"), claim(2, "2", alternative: 1)),
      (claim(1, "1", userType: "Guest"), claim(2, "2", alternative: 1)),
      (claim(1, "1"), claim(2, "2", userType: "guest")),
      (claim(1, "1", userType: nil), claim(2, "2", userType: "Guest")),
      (claim(1, "1", isEnabled: false), claim(2, "2", userType: "Guest")),
      (claim(1, "1"), claim(2, "2", isEnabled: false)),
    ])
  func ranks(winner: Claim, loser: Claim) {
    let found = Self.resolve([winner, loser])
    #expect(found.lines == ["1"])
    #expect(found.disputes.isEmpty)
    #expect(found.losers == [Self.ids[1]])
  }

  @Test("Where rank does not decide and the lines differ, nobody has the address")
  func disputes() {
    let found = Self.resolve([Self.claim(1, "1"), Self.claim(2, "2"), Self.claim(3, "3")])
    #expect(found.lines.isEmpty && found.disputes == [3])
    #expect(found.losers == Set(Self.ids.prefix(3)))
    // What Graph does not tell decides nothing.
    let unknown = Self.claim(2, "2", userType: nil, isEnabled: nil)
    #expect(Self.resolve([Self.claim(1, "1"), unknown]).disputes == [2])
    let noAccount = Self.claim(2, "2", isEnabled: nil)
    #expect(Self.resolve([Self.claim(1, "1"), noAccount]).disputes == [2])
  }

  @Test("People with the same line share it, and one person's lines all stay")
  func shares() {
    let found = Self.resolve([Self.claim(1, "1"), Self.claim(2, "1")])
    #expect(found.lines == ["1"] && found.disputes.isEmpty && found.losers.isEmpty)
    #expect(Self.resolve([Self.claim(1, "1"), Self.claim(1, "2")]).lines == ["1", "2"])
  }

  @Test("A winner without a value does not make the next one the winner")
  func keepsWinner() {
    let guest = Self.claim(2, "2", userType: "Guest")
    for winner in [Self.claim(1, nil), Self.claim(1, nil, isRefused: true)] {
      let found = Self.resolve([winner, guest])
      #expect(found.lines.isEmpty)
      #expect(found.losers.contains(Self.ids[1]))
    }
  }

  @Test("Among equals, a missing value does not stand in the way, and a refused one does")
  func weighsEquals() {
    let one = Self.claim(1, "1")
    #expect(Self.resolve([one, Self.claim(2, nil)]).lines == ["1"])
    let refused = Self.resolve([one, Self.claim(2, nil, isRefused: true)])
    #expect(refused.lines.isEmpty && refused.disputes == [2])
  }

  @Test("An excluded person's address is nobody's, unless an earlier alternative has it")
  func excludes() throws {
    let filter = try QueryFilter("mail|otherMails")
    let field = try #require(filter.fields.first)
    func exclusions(_ values: [(String, String)]) -> Exclusions {
      var exclusions = Exclusions()
      exclusions.insert(
        Sample.member(values, id: Self.ids[4].text), reading: field)
      return exclusions
    }
    let claims = [Self.claim(1, "1")]
    #expect(Self.resolve(claims, excluding: exclusions([("mail", "Anna@Example.com")])).lines == [])
    #expect(
      Self.resolve(claims, excluding: exclusions([("otherMails", Self.address)])).lines == ["1"])
    let second = exclusions([("mail", "x@example.com"), ("otherMails", Self.address)])
    #expect(Self.resolve(claims, excluding: second).lines == ["1"])
    #expect(Self.resolve([Self.claim(1, "1", alternative: 1)], excluding: second).lines == [])
    var byID = Exclusions()
    byID.insert(Self.ids[0])
    #expect(Self.resolve(claims, excluding: byID).lines == [])
    #expect(Self.resolve(claims, excluding: byID).losers.isEmpty)
  }

  @Test("All addresses of an excluded person count, whatever the configuration wants of addresses")
  func excludesAll() throws {
    let field = try QueryFilter("proxyAddresses").address
    var exclusions = Exclusions()
    let many = (0...1500).map { ("proxyAddresses", "smtp:a\($0)@example.org") }
    exclusions.insert(Sample.member(many, id: Self.ids[4].text), reading: field)
    for number in [0, 999, 1000, 1500] {
      let claim = Claim(
        address: "a\(number)@example.org", person: Self.ids[0],
        rank: ClaimRank(alternative: 0, of: Sample.member([])), outcome: .lines(["x"]))
      #expect(Self.resolve([claim], excluding: exclusions).lines == [], "\(number)")
    }
  }
}
