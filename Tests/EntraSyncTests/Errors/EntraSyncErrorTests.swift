import Testing

@testable import EntraSync

@Suite struct EntraSyncErrorTests {
  @Test("An error's message is one line, whatever it is made of")
  func isOneLine() {
    let error = EntraSyncError(.file, "a\r\nb\u{1B}")
    #expect(error.message == "a\\u{d}\\u{a}b\\u{1b}")
    #expect(error.about("list\nfile").message == "list\\u{a}file: a\\u{d}\\u{a}b\\u{1b}")
  }

  @Test("An error that gets a subject keeps all its other fields")
  func keepsFields() {
    var error = EntraSyncError(.throttled, "slow down")
    error.httpStatus = 429
    error.aadstsCode = 90_055
    error.serverCode = "TooManyRequests"
    error.requestID = "id"
    error.retryAfter = 7
    let about = error.about("x.entraidconf")
    #expect(about.message == "x.entraidconf: slow down")
    error.message = about.message
    #expect(about == error)
  }
}
