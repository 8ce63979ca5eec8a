import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("When something else than Microsoft answers")
struct ForeignAnswerTests {
  /// Pages that come in place of an answer, with their status and title.
  static let pages: [(fault: String, httpStatus: Int, title: String)] = [
    ("block-page", 403, "Blocked by policy"), ("login-page", 401, "Sign in to the network"),
    ("bad-gateway", 502, "502 Bad Gateway"), ("not-json", 200, "Sign in to the guest network"),
  ]

  /// Requires that an error speaks of a page, and of nothing that Microsoft could have said.
  private static func requirePage(
    _ error: EntraSyncError, _ page: (fault: String, httpStatus: Int, title: String)
  ) {
    #expect(error.status == .server)
    #expect(error.httpStatus == page.httpStatus)
    #expect(error.message.contains("with the page \"\(page.title)\""), "\(error.message)")
    #expect(error.message.contains("in between answers in its place"), "\(error.message)")
    for word in ["ermission", "token (", "CLOUD", "unavailable", "JSON", "request id"] {
      #expect(!error.message.contains(word), "\(error.message)")
    }
  }

  @Test("A page in place of a group's members ends the run with its title", arguments: pages)
  func endsRun(fault: String, httpStatus: Int, title: String) async throws {
    try await SimulatedTenant.with { tenant in
      let error = try await tenant.failedRun(fault)
      Self.requirePage(error, (fault, httpStatus, title))
      #expect(error.message.contains("\(tenant.simulator.origin) answered HTTP \(httpStatus)"))
      // No other token would help.
      #expect(tenant.simulator.requests.signIns.count == 1)
    }
  }

  @Test("A page in place of a token ends the run with its title", arguments: pages)
  func endsSignIn(fault: String, httpStatus: Int, title: String) async throws {
    try await SimulatedTenant.with { tenant in
      let error = try await tenant.failedRun("\(fault)@token")
      Self.requirePage(error, (fault, httpStatus, title))
      #expect(
        error.message.contains(
          "the sign-in at \(tenant.simulator.origin) answered HTTP \(httpStatus)"))
      #expect(tenant.simulator.requests.pages.isEmpty)
    }
  }

  @Test("A page in place of a batch makes an address unknown, with its title", arguments: pages)
  func endsLookup(fault: String, httpStatus: Int, title: String) async throws {
    try await SimulatedTenant.withSomebody(faults: ["\(fault)@batch"]) { tenant in
      let answers = try await tenant.withClient(retries: 1) { client, _ in
        client.answers(["anna@example.com"])
      }
      guard case .unknown(let error) = answers.first else {
        Issue.record("\(answers)")
        return
      }
      Self.requirePage(error, (fault, httpStatus, title))
      #expect(tenant.simulator.requests.trips.filter { $0 == "token" }.count == 1)
    }
  }

  @Test(
    "A page in a batch makes an address unknown, with its title",
    arguments: ["users", "check", "groups"], [0, 1])
  func endsQuestion(target: String, page: Int) async throws {
    let page = Self.pages[page]
    try await SimulatedTenant.withSomebody(faults: ["\(page.fault)@\(target)"]) { tenant in
      let answers = try await tenant.withClient(retries: 1) { client, _ in
        client.answers(["anna@example.com"])
      }
      guard case .unknown(let error) = answers.first else {
        Issue.record("\(answers)")
        return
      }
      Self.requirePage(error, page)
      #expect(tenant.simulator.requests.trips.filter { $0 == "token" }.count == 1)
    }
  }

  @Test("A check says that a server is out of reach behind a page", arguments: pages)
  func failsCheck(fault: String, httpStatus: Int, title: String) async throws {
    for target in ["token", "groups"] {
      try await SimulatedTenant.withSomebody(faults: ["\(fault)@\(target)"]) { tenant in
        let steps = try await tenant.withClient(retries: 0) { client, _ in
          let check = ClientCheck(client)
          do throws(EntraSyncError) {
            _ = try check.run()
          } catch {
            Self.requirePage(error, (fault, httpStatus, title))
          }
          return check.steps
        }
        let last = try #require(steps.last)
        #expect(last.subject == .host && last.outcome == .failed, "\(steps)")
        #expect(last.text.contains(title))
      }
    }
  }

  @Test("A shared token outlives a page in its place")
  func keepsToken() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.sharing()
      try await tenant.run(path)
      let token = try tenant.token()
      for fault in ["login-page", "block-page"] {
        try tenant.setFaults(fault)
        await #expect(throws: EntraSyncError.self) { try await tenant.run(path) }
      }
      try tenant.setFaults()
      try await tenant.run(path)
      #expect(try tenant.token() == token)
      #expect(tenant.simulator.requests.signIns.count == 1)
    }
  }

  /// Reads a 200 in pieces of a length.
  private static func read(_ body: [UInt8], by length: Int) -> (
    error: EntraSyncError?, said: String?
  ) {
    let reader = AnswerReader(limit: 1 << 20)
    var failure: EntraSyncError?
    do throws(EntraSyncError) {
      for start in stride(from: 0, to: body.count, by: length) {
        var failure: EntraSyncError?
        Array(body[start..<min(start + length, body.count)]).withUnsafeBufferPointer { bytes in
          do throws(EntraSyncError) { try reader.consume(bytes, httpStatus: 200) } catch {
            failure = error
          }
        }
        if let failure { throw failure }
      }
      _ = try reader.value(JSONParser())
    } catch {
      failure = error
    }
    return (failure, reader.foreignAnswer(httpStatus: 200)?.said)
  }

  @Test(
    "A 200 that does not begin as JSON is kept to see what it says, however it is cut",
    arguments: [
      ("<html><title>Portal</title></html>", "the page \"Portal\""),
      (" \r\n<p>Blocked</p>", "the words \"Blocked\""),
      ("not allowed", "the words \"not allowed\""),
      ("\u{FEFF}<title>x</title>", "the page \"x\""),
      ("Access denied", "the words \"Access denied\""),
      ("nul", "the words \"nul\""), ("", nil), ("  \n", nil), ("{\"a\":", nil), ("{<html>", nil),
      ("[1,", nil), ("{\"a\":\"<title>x</title>\"", nil), ("5 <title>x</title>", "the page \"x\""),
    ] as [(String, String?)])
  func keepsPage(body: String, said: String?) {
    for length in [1, 2, 3, 5, 1000] {
      let reading = Self.read(Array(body.utf8), by: length)
      #expect(reading.said == said, "\(length)")
      #expect(reading.error != nil)
    }
  }

  @Test("Of a page that does not end only the beginning is kept")
  func isBounded() {
    let body = Array("<title>Portal</title>".utf8) + [UInt8](repeating: 0x20, count: 2 << 20)
    let reading = Self.read(body, by: 4096)
    #expect(reading.said == "the page \"Portal\"")
    #expect(reading.error?.message == "the server's answer has more than 1 MB")
  }
}
