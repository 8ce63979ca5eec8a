import Testing

@testable import EntraSync

@Suite struct CheckStepTests {
  @Test("The numbers and names are those of the header, which never change")
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

  @Test("What was found stays on one line")
  func staysOnLine() {
    #expect(CheckStep(.group, .passed, "a\nb").text == "a\\u{a}b")
  }
}
