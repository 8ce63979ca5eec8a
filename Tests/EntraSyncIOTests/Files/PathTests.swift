import Testing

@testable import EntraSyncIO

@Suite("A path")
struct PathTests {
  @Test(
    "A path is split at its last slash",
    arguments: [
      ("list", ".", "list"), ("a/list", "a", "list"), ("/list", "/", "list"),
      ("/a/b/list", "/a/b", "list"), ("a/", "a", ""),
    ])
  func split(text: String, folder: String, name: String) {
    #expect(Path(text).folder.text == folder)
    #expect(Path(text).name.text == name)
  }

  @Test(
    "A relative path begins at a file's folder, and an absolute path stays as it is",
    arguments: [
      ("/a/conf", "secret", "/a/secret"), ("conf", "secret", "secret"), ("/a/b", "/c", "/c"),
    ])
  func sibling(path: String, other: String, expected: String) {
    #expect(Path(path).sibling(Path(other)).text == expected)
  }

  @Test("A path keeps bytes that are not UTF-8, and shows them as U+FFFD")
  func keepsBytes() {
    let bytes: [CChar] = [0x61, CChar(bitPattern: 0xFF), 0]
    let path = Path(cString: bytes)
    #expect(path.bytes == bytes)
    #expect(path.text == "a\u{FFFD}")
    #expect(!path.isEmpty)
    #expect(Path("").isEmpty)
  }
}
