import Testing

@testable import EntraSync

@Suite struct ClaimRecordTests {
  static let ranks: [ClaimRank] = [0, 1, 7, 255, 300].flatMap { alternative in
    ["user", "orgContact"].flatMap { type in
      [nil, "Member", "Guest"].flatMap { userType in
        [nil, true, false].map { isEnabled in
          ClaimRankTests.claim(
            1, type: type, userType: userType, isEnabled: isEnabled, alternative: alternative
          ).rank
        }
      }
    }
  }

  @Test("A record of 24 bytes holds every rank, form, length and place")
  func holds() {
    #expect(MemoryLayout<ClaimRecord>.stride == 24)
    let people = [ObjectID(random: 0), ObjectID(random: .max), ObjectID(random: 1 << 127 | 5)]
    for (index, rank) in Self.ranks.enumerated() {
      let person = people[index % people.count]
      for form in [ClaimRecord.Form.lines, .addressAlone, .refused] {
        for (start, length) in [(0, 0), (1, 254), (1 << 34 - 1, 3), (12_345_678_901, 65_535)] {
          let record = ClaimRecord(
            person: person, start: start, addressLength: length, rank: rank, form: form)
          #expect(record.person == person)
          #expect(record.address == start..<start + length)
          #expect(record.rank == rank)
          #expect(record.form == form)
        }
      }
    }
  }

  @Test("Each rank has bits of its own")
  func differs() {
    #expect(Set(Self.ranks).count == Set(Self.ranks.map(\.bits)).count)
    #expect(Self.ranks.allSatisfy { ClaimRank(bits: $0.bits) == $0 && $0.bits < 1 << 12 })
  }
}
