import Testing

@testable import EntraSync

@Suite struct RedactionTests {
  @Test(
    "A server's text is shown on one line, without a word so long that it could be a token",
    arguments: [
      ("", ""), ("invalid_client", "invalid_client"), ("a\nb", "a\\u{a}b"),
      (Sample.group, Sample.group),
      // A word of 36 characters may be a GUID, and a longer one a token.
      (String(repeating: "x", count: 36), String(repeating: "x", count: 36)),
      (String(repeating: "x", count: 37), "…"),
      ("bad fyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.x here", "bad … here"),
      ("Bearer\u{A0}fyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9", "…"),
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

  @Test("Accents count towards the limit of a server's text")
  func cutsAccents() {
    let word = "e" + String(repeating: "\u{301}", count: 35)
    let text = Array(repeating: word, count: 100).joined(separator: " ")
    #expect((165...201).contains(text.fromServer().unicodeScalars.count))
  }

  @Test("A limit leaves no part of a secret, which could not be found any more")
  func cutsNoSecret() {
    for length in [16, 34, 36] {
      let secret = String("abC8~x1Y2z3Q4w5E6r7T8y9U0i1O2p3A4s5D".prefix(length))
      for place in 0...100 {
        let text = String(repeating: "a ", count: place) + secret + " and more words"
        let shown = text.fromServer(limit: 80).removing(Secret(secret.utf8))
        #expect(!shown.contains("abC8"), "\(shown)")
      }
    }
  }

  @Test(
    "A secret is removed from a text wherever it stands",
    arguments: [
      ("", ""), ("nothing", "nothing"), ("pa55word-is-long.", "<secret>"),
      ("xpa55word-is-long.y", "x<secret>y"),
      ("pa55word-is-long.pa55word-is-long.", "<secret><secret>"),
      ("papa55word-is-long.", "pa<secret>"), ("pa55word", "pa55word"),
      ("åpa55word-is-long.å", "å<secret>å"),
    ])
  func removesSecret(text: String, rest: String) {
    #expect(text.removing(Secret("pa55word-is-long.".utf8)) == rest)
  }

  @Test("A secret of fewer than 16 bytes is left in a text, since it may be one of our own words")
  func leavesShortSecrets() {
    #expect("a b c".removing(Secret("b".utf8)) == "a b c")
    #expect("abc".removing(Secret([])) == "abc")
    #expect("a 123456789012345 b".removing(Secret("123456789012345".utf8)) == "a 123456789012345 b")
    #expect("a 1234567890123456 b".removing(Secret("1234567890123456".utf8)) == "a <secret> b")
  }

  @Test("Every secret is removed from every text of an error")
  func cleansErrors() {
    var error = EntraSyncError(.server, "one: pa55word-is-long., two: t0ken-is-long-too.")
    error.serverCode = "pa55word-is-long."
    error.requestID = "id-t0ken-is-long-too."
    error.httpStatus = 400
    let clean = error.removing([
      Secret("pa55word-is-long.".utf8), Secret("t0ken-is-long-too.".utf8),
    ])
    #expect(clean.message == "one: <secret>, two: <secret>")
    #expect(clean.serverCode == "<secret>")
    #expect(clean.requestID == "id-<secret>")
    #expect(clean.httpStatus == 400)
    #expect(clean.status == .server)
  }
}
