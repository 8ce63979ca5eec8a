import Testing

@testable import EntraSync

@Suite struct RedactionTests {
  @Test(
    "A server's words are shown on one line, and none that could be a token",
    arguments: [
      ("", ""), ("invalid_client", "invalid_client"), ("a\nb", "a\\u{a}b"),
      (Sample.group, Sample.group),
      ("bad eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.x here", "bad … here"),
      ("Bearer\u{A0}eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9", "…"),
    ])
  func showsServerText(text: String, shown: String) {
    #expect(text.fromServer() == shown)
  }

  @Test("A server's text is cut at its limit")
  func cutsServerText() {
    let text = String(repeating: "word ", count: 100)
    #expect(text.fromServer().count == 201)
    #expect(text.fromServer(limit: 4) == "word…")
  }

  @Test(
    "A secret is taken out wherever it stands",
    arguments: [
      ("", ""), ("nothing", "nothing"), ("pa55", "<secret>"), ("xpa55y", "x<secret>y"),
      ("pa55pa55", "<secret><secret>"), ("papa55", "pa<secret>"), ("pa5", "pa5"),
      ("åpa55å", "å<secret>å"),
    ])
  func removesSecret(text: String, rest: String) {
    #expect(text.removing(Secret("pa55".utf8)) == rest)
  }

  @Test("A secret of fewer than four bytes would blacken everything, and is left")
  func leavesShortSecrets() {
    #expect("a b c".removing(Secret("b".utf8)) == "a b c")
    #expect("abc".removing(Secret([])) == "abc")
  }

  @Test("Every text of an error is cleaned of every secret")
  func cleansErrors() {
    var error = EntraSyncError(.server, "one: pa55, two: t0ken")
    error.serverCode = "pa55"
    error.requestID = "id-t0ken"
    error.httpStatus = 400
    let clean = error.removing([Secret("pa55".utf8), Secret("t0ken".utf8)])
    #expect(clean.message == "one: <secret>, two: <secret>")
    #expect(clean.serverCode == "<secret>")
    #expect(clean.requestID == "id-<secret>")
    #expect(clean.httpStatus == 400)
    #expect(clean.status == .server)
  }
}
