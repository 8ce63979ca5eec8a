import Testing

@testable import EntraSync

@Suite struct CheckStepTests {
  @Test("A check's outcomes and steps have the numbers and names of the header")
  func keepsNumbers() {
    #expect([.passed, .doubtful, .failed].map(\CheckStep.Outcome.rawValue) == [1, 2, 3])
    let subjects: [CheckStep.Subject] = [
      .credential, .host, .token, .permissions, .group, .members, .attribute,
    ]
    #expect(
      subjects.map(\.rawValue) == [
        "credential", "host", "token", "permissions", "group", "members", "attribute",
      ])
  }

  @Test("The text of a check's step stays on one line")
  func staysOnLine() {
    #expect(CheckStep(.group, .passed, "a\nb").text == "a\\u{a}b")
  }
}
