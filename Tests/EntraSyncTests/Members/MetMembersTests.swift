import Testing

@testable import EntraSync

@Suite struct MetMembersTests {
  @Test("A run knows each member that it has met, and in which group it was last")
  func meets() {
    var random = SplitMix(seed: 7)
    var met = MetMembers()
    var plain: [ObjectID: UInt32] = [:]
    for step in 0..<20_000 {
      // Numbers that follow each other, and numbers that differ only in their upper half.
      let number = UInt128(UInt16.random(in: 0...4_000, using: &random))
      let id = ObjectID(random: Bool.random(using: &random) ? number : number << 96)
      let group = UInt32(step / 5_000)
      #expect(met.meet(id, in: group) == plain.updateValue(group, forKey: id))
    }
    #expect(met.count == plain.count)
    #expect(met.count > 4_000)
  }
}
