import Testing

@testable import EntraSync

@Suite struct ForeignAnswerTests {
  static func message(
    _ body: [UInt8], _ httpStatus: Int = 403, _ place: ForeignAnswer.Place = .graph
  ) throws -> String {
    ForeignAnswer(body).error(httpStatus: httpStatus, inPlaceOf: place, try Sample.configuration())
      .message
  }

  @Test(
    "A foreign answer is shown by its title, or by its first words",
    arguments: [
      ("<title>Blocked by policy</title>x", ", but with the page \"Blocked by policy\""),
      ("<p>Blocked by policy", ", but with the words \"Blocked by policy\""),
      ("{\"message\":\"no route\"}", ", but with the words \"{\"message\":\"no route\"}\""),
      ("<title>a\u{1B}[31m\u{202E}b&#27;</title>", "the page \"a\\u{1b}[31m\\u{202e}b\\u{1b}\""),
      (
        "<title>\(String(repeating: "a ", count: 100))</title>",
        "the page \"\(String(repeating: "a ", count: 40))…\""
      ),
      ("<title>\(String(repeating: "x", count: 37))</title>", "the page \"…\""), ("", ""),
      (" \r\n", ""), ("<html></html>", ""), ("a\u{0}b", ""),
    ])
  func shows(body: String, shown: String) throws {
    let message = try Self.message(Array(body.utf8))
    #expect(
      message.hasPrefix("https://graph.microsoft.com answered HTTP 403 without a Graph error"))
    #expect(message.contains(shown + ": a proxy, firewall, gateway or login portal in between"))
    #expect(message == message.singleLine)
    #expect(!message.contains("ermission"))
  }

  @Test("A foreign answer names what it came in place of, and the key to check")
  func namesPlace() throws {
    #expect(
      try Self.message(Array("<title>Welcome</title>".utf8), 200, .signIn)
        == "the sign-in at https://login.microsoftonline.com answered HTTP 200 without an Entra ID "
        + "answer, but with the page \"Welcome\": a proxy, firewall, gateway or login portal in "
        + "between answers in its place; have it let this server through, and check LOGINURL and the proxy"
    )
    let error = ForeignAnswer([]).error(
      httpStatus: 401, inPlaceOf: .graph, try Sample.configuration())
    #expect(error.status == .server)
    #expect(error.httpStatus == 401)
    #expect(error.isForeign)
  }

  @Test(
    "A foreign answer lacks what its status would promise", arguments: [200, 204, 206, 400, 511])
  func namesLack(httpStatus: Int) throws {
    let lack = httpStatus < 300 ? "answer" : "error"
    #expect(try Self.message([], httpStatus).contains("without a Graph \(lack): a proxy"))
  }

  @Test("A foreign answer is read in UTF-8, UTF-16 and ISO 8859-1, also if it is cut off")
  func readsEncodings() throws {
    let page = "<title>Zugriff für März</title>"
    let wide = Array(page.utf16)
    let bodies: [[UInt8]] = [
      Array(page.utf8), [0xEF, 0xBB, 0xBF] + Array(page.utf8), Array(page.utf8) + [0xC3],
      [0xFF, 0xFE] + wide.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] },
      [0xFE, 0xFF] + wide.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] } + [0],
      page.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) },
    ]
    for body in bodies {
      #expect(try Self.message(body).contains("the page \"Zugriff für März\""), "\(body)")
    }
  }
}
