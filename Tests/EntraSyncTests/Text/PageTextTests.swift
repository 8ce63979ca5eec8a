import Testing

@testable import EntraSync

@Suite struct PageTextTests {
  @Test(
    "A page's title is found whatever surrounds it",
    arguments: [
      ("<html><head><title>Access denied</title></head>", "Access denied"),
      ("<TITLE\n lang='en'>Sign\r\n\t in </Title >", "Sign in"),
      ("<!-- <title>no</title> --><title>yes</title>", "yes"),
      ("<script>var t = '<title>no</title>'</script><title>yes</title>", "yes"),
      ("<style><title>no</title></style><title>yes</title>", "yes"),
      ("<svg><title>no</title></svg><title>yes</title>", "yes"),
      ("<meta content=\"<title>no</title>\"><title>yes</title>", "yes"),
      ("<title> </title><title>second</title>", "second"),
      ("<title>first</title><title>second</title>", "first"),
      ("<title>cut off", "cut off"), ("<title>Blocked<p>x", "Blocked"),
      ("<title>a &amp; b &lt;c&gt; &#39;d&#x27; &nbsp;e &uuml;</title>", "a & b <c> 'd' e ü"),
      (
        "<title>&amp;lt; &unknown; &#0; &#xD800; &#99999999999; &; & &#;</title>",
        "&lt; &unknown; &#0; &#xD800; &#99999999999; &; & &#;"
      ),
      ("<titles>no</titles>words", ""), ("no markup <title", ""), ("", ""), ("<", ""),
    ])
  func findsTitle(page: String, title: String) {
    #expect(PageText(page).title == title)
  }

  @Test(
    "A page's words are read without tags, scripts and comments",
    arguments: [
      ("<html>Blocked by policy</html>", "Blocked by policy"),
      ("<p>One</p><p>two<br>three</p>", "One two three"),
      ("<b>Bl</b>ocked <a href='x>y'>here</a>", "Blocked here"),
      ("<script>x</script><style>y</style>seen<!-- hidden -->", "seen"),
      ("a < b and c <3", "a < b and c <3"), ("Forbidden &amp; so on", "Forbidden &amp; so on"),
      ("<p>a&nbsp;&amp;&nbsp;b", "a & b"), ("<script>never closed", ""),
      ("<!-- never closed", ""), ("<p a=\"never closed>x</p>", "x"), ("<?php x ?>y", "y"),
      ("<!DOCTYPE html>\u{85}x\u{A0}y", "x y"),
    ])
  func readsWords(page: String, words: String) {
    #expect(PageText(page).words == words)
  }

  /// Reading these again from each piece would take many minutes.
  @Test(
    "A page of tags that never end is read in linear time", .timeLimit(.minutes(1)),
    arguments: [
      "<title>", "<title", "<script ", "<!--", "<a '", "<a '>\"", "<a \">\"", "<a '>'", "&#",
      "</title", "<",
    ])
  func isLinear(piece: String) {
    for end in ["", "'", "\"", ">"] {
      let page = String(repeating: piece, count: 240_000 / piece.utf8.count) + end
      let text = PageText(page)
      #expect(text.title.utf8.count + text.words.utf8.count <= page.utf8.count)
    }
  }
}
