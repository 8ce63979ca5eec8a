import Testing

@testable import EntraSync

@Suite struct ObjectIDTests {
  @Test("A GUID is kept in lower case")
  func lowersCase() {
    #expect(ObjectID(Sample.group.uppercased())?.text == Sample.group)
  }

  @Test(
    "A text that is not a GUID in its usual form is refused",
    arguments: [
      "", "fe6a70bc", "fe6a70bc00f44b60857681bfae175578", "{\(Sample.group)}", "\(Sample.group) ",
      " \(Sample.group)", "fe6a70bc-00f4-4b60-8576-81bfae17557g",
      "fe6a70bc-00f4-4b60-8576_81bfae175578", "fe6a70b-c00f4-4b60-8576-81bfae175578",
      "fe6a70bc-00f4-4b60-8576-81bfae17557\u{E4}", "------------------------------------",
      "fe6a70bc-00f4-4b60-8576-81bfae17557\n",
    ])
  func refuses(text: String) {
    #expect(ObjectID(text) == nil)
  }

  @Test(
    "Random bits become a GUID of version 4, whatever they are",
    arguments: [
      (UInt128.min, "00000000-0000-4000-8000-000000000000"),
      (.max, "ffffffff-ffff-4fff-bfff-ffffffffffff"),
      (0x0123_4567_89ab_cdef_0123_4567_89ab_cdef, "01234567-89ab-4def-8123-456789abcdef"),
    ])
  func makesRandomID(random: UInt128, text: String) {
    #expect(ObjectID(random: random).text == text)
    #expect(ObjectID(text) == ObjectID(random: random))
  }
}
