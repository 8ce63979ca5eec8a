import Testing

@testable import EntraSync

@Suite struct ShellWordTests {
  @Test(
    "A path is one word that a shell and a command take for nothing else",
    arguments: [
      ("/server/list.txt", "/server/list.txt"), ("", "''"), ("a b", "'a b'"),
      ("it's", #"'it'\''s'"#), ("$(x)", "'$(x)'"), ("-l.txt", "./-l.txt"),
      ("-a b", "'./-a b'"),
    ])
  func isOneWord(path: String, word: String) {
    #expect(path.shellWord == word)
  }
}
