import Testing

@testable import EntraSync

@Suite struct AnswerHeadTests {
  /// What a head is after these lines.
  static func head(_ lines: String...) throws -> AnswerHead {
    var head = AnswerHead()
    for line in lines { try receive(line + "\r\n", &head) }
    return head
  }

  static func receive(_ line: String, _ head: inout AnswerHead) throws {
    var failure: EntraSyncError?
    Array(line.utf8).withUnsafeBufferPointer { bytes in
      do throws(EntraSyncError) { try head.receive(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  @Test("The headers that are needed are kept, in any case and with any blanks")
  func keepsHeaders() throws {
    let head = try Self.head(
      "HTTP/1.1 429 Slow down", "retry-AFTER:\t 30 ", "Request-Id: abc", "Server: x",
      "DATE: Tue, 29 Sep 2026 12:00:00 GMT", "")
    #expect(
      head.values == [
        "retry-after": "30", "request-id": "abc", "date": "Tue, 29 Sep 2026 12:00:00 GMT",
      ])
  }

  @Test("Each WWW-Authenticate header is kept, in their order")
  func keepsChallenges() throws {
    let head = try Self.head(
      "HTTP/2 401", "WWW-Authenticate: Bearer realm=\"\"", "www-authenticate: Basic", "")
    #expect(head.challenges == ["Bearer realm=\"\"", "Basic"])
  }

  @Test("Only the last head counts, and no trailer does")
  func forgetsEarlierHeads() throws {
    let head = try Self.head(
      "HTTP/1.1 100 Continue", "Retry-After: 1", "WWW-Authenticate: a", "", "HTTP/1.1 200 OK",
      "Request-Id: b", "", "Retry-After: 2", "WWW-Authenticate: c")
    #expect(head.values == ["request-id": "b"])
    #expect(head.challenges.isEmpty)
  }

  @Test("What is too long to be meant is left out, and what follows it is kept")
  func leavesOutLongLines() throws {
    let long = String(repeating: "x", count: 9000)
    let head = try Self.head(
      "HTTP/1.1 401 No", "Retry-After: \(long)", "WWW-Authenticate: \(long)",
      "WWW-Authenticate: \(long)", "WWW-Authenticate: Bearer", "Request-Id: abc", "")
    #expect(head.values == ["request-id": "abc"])
    #expect(head.challenges == [long, "Bearer"])
  }

  @Test("Lines without a colon, without a name or of bytes that are no text are passed over")
  func passesOver() throws {
    var head = try Self.head("HTTP/1.1 200 OK", "Retry-After", ": 1", " request-id: x", "")
    let bytes: [UInt8] = [0xFF, 0x00, 0x3A, 0xFE]
    try bytes.withUnsafeBufferPointer { try head.receive($0) }
    try head.receive(UnsafeBufferPointer(start: nil, count: 0))
    #expect(head.values.isEmpty)
    #expect(head.bytes > 40)
  }

  @Test("All heads and trailers together are bounded", arguments: ["HTTP/1.1 103 Hints", "a: b"])
  func bounds(line: String) throws {
    var head = AnswerHead()
    let error = try #require(throws: EntraSyncError.self) {
      for _ in 0...AnswerHead.largest / line.utf8.count { try Self.receive(line, &head) }
    }
    #expect(error.status == .server)
    #expect(error.message.contains("more than 256 KB"))
  }

  /// A proxy's offers, line by line, and the names of the methods.
  static let offers: [(lines: [String], methods: [String])] = [
    (["Basic realm=\"a\""], ["Basic"]),
    (["Negotiate", "NTLM", "Basic realm=\"a, NTLM\""], ["Negotiate", "NTLM", "Basic"]),
    (["Digest realm=\"a\", nonce=\"b\", Basic realm=\"c\""], ["Digest", "Basic"]),
    (["NTLM TlRMTVNTUAACAAAA=="], ["NTLM"]),
    (["Basic", "Basic realm=\"again\""], ["Basic"]),
    (["Digest realm=\"x\", stale = false , nonce =\"y\", NTLM"], ["Digest", "NTLM"]),
    (["Basic realm=\"a \\\", NTLM, b\", Negotiate"], ["Basic", "Negotiate"]),
    // What follows a fault is not read.
    (["Digest realm=\"x\", stale: false, Basic", "NTLM"], ["Digest", "NTLM"]),
    (["Digest realm=\"x, Basic"], []),
    (["<b>x</b>", "a=b", "", ",,", "\"Basic", "x\u{7F}y"], []),
    ((0..<20).map { "M\($0)" } + ["A", "B"], ["A", "B"]),
  ]

  @Test("The methods that a proxy offers are read by their names", arguments: offers)
  func readsMethods(lines: [String], methods: [String]) throws {
    var head = try Self.head("HTTP/1.1 407 Who")
    for line in lines { try Self.receive("Proxy-Authenticate: \(line)\r\n", &head) }
    #expect(head.proxyMethods == methods)
  }

  /// Headers of codings, and whether the body can be read.
  static let codings: [(lines: [String], isReadable: Bool)] = [
    ([], true), (["Content-Encoding: gzip"], true), (["content-encoding: X-GZIP "], true),
    (["Content-Encoding: identity", "Transfer-Encoding: chunked"], true),
    (["Content-Encoding:"], true), (["Transfer-Encoding: identity"], true),
    (["Content-Encoding: gzip, gzip"], false), (["Content-Encoding: deflate"], false),
    (["Content-Encoding: gzip", "Content-Encoding: gzip"], false),
    (["Content-Encoding: br"], false), (["Content-Encoding: gzip,,zstd"], false),
    (["Transfer-Encoding: gzip, chunked"], false),
    (["Content-Encoding: gzip", "Transfer-Encoding: gzip"], false),
  ]

  @Test("A body is readable if it is packed once, by gzip, or not at all", arguments: codings)
  func readsCodings(lines: [String], isReadable: Bool) throws {
    var head = try Self.head("HTTP/1.1 200 OK")
    for line in lines { try Self.receive(line + "\r\n", &head) }
    #expect(!head.isComplete)
    try Self.receive("\r\n", &head)
    #expect(head.isComplete)
    #expect(head.isReadable == isReadable)
    // What came with the answer before has nothing to do with it.
    try Self.receive("HTTP/1.1 200 OK\r\n", &head)
    #expect(head.isReadable && !head.isComplete)
  }
}
