import CCurl
import EntraSync
import Glibc
import Testing

@testable import EntraSyncIO

@Suite struct TransportFailureTests {
  static let notTLS = "OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong version number"
  static let broken = "Recv failure: Connection reset by peer"

  /// What libcurl reports, as libcurl 7.88 does with OpenSSL 3, and what it means.
  static let ends: [(end: TransportFailure, fault: NetworkFault)] = [
    (.init(code: CURLE_COULDNT_RESOLVE_HOST), .nameNotFound),
    (
      .init(
        code: CURLE_COULDNT_RESOLVE_HOST, words: "Could not resolve host: graph.test",
        server: "https://graph.test:444"), .nameNotFound
    ),
    (
      .init(
        code: CURLE_COULDNT_RESOLVE_HOST, words: "getaddrinfo() thread failed to start",
        server: "https://graph.test"), .noResolver
    ),
    (
      .init(code: CURLE_COULDNT_RESOLVE_HOST, shortage: Errno(code: EMFILE)),
      .noDescriptor(reason: "Too many open files", ofSystem: false)
    ),
    (
      .init(code: CURLE_SSL_CACERT_BADFILE, shortage: Errno(code: ENFILE)),
      .noDescriptor(reason: "Too many open files in system", ofSystem: true)
    ),
    (.init(code: CURLE_RECV_ERROR, shortage: Errno(code: EMFILE)), .brokenOff),
    (.init(code: CURLE_COULDNT_RESOLVE_PROXY), .proxyNotFound),
    (.init(code: CURLE_COULDNT_CONNECT, systemCode: 111), .noConnection),
    (.init(code: CURLE_OPERATION_TIMEDOUT, verifyResult: 1, silence: 30), .silence(seconds: 30)),
    (
      .init(code: CURLE_SSL_CONNECT_ERROR, words: notTLS, verifyResult: 1),
      .handshake(.notTLS, .server)
    ),
    // One family of addresses was refused before the other one answered.
    (
      .init(code: CURLE_SSL_CONNECT_ERROR, words: notTLS, systemCode: 111, verifyResult: 1),
      .handshake(.notTLS, .server)
    ),
    (
      .init(code: CURLE_SSL_CONNECT_ERROR, words: broken, systemCode: 104, verifyResult: 1),
      .handshake(.brokenOff, .server)
    ),
    (
      .init(code: CURLE_SSL_CONNECT_ERROR, words: notTLS, proxyVerifyResult: 1),
      .handshake(.notTLS, .proxy)
    ),
    (.init(code: CURLE_SSL_CIPHER), .handshake(.noCommonCipher, .server)),
    (
      .init(code: CURLE_PEER_FAILED_VERIFICATION, verifyResult: 1),
      .certificate(.otherName, .server)
    ),
    (
      .init(code: CURLE_PEER_FAILED_VERIFICATION, verifyResult: 10), .certificate(.expired, .server)
    ),
    (
      .init(code: CURLE_PEER_FAILED_VERIFICATION, proxyVerifyResult: 20),
      .certificate(.unknownAuthority, .proxy)
    ),
    (.init(code: CURLE_SSL_CACERT_BADFILE, verifyResult: 1), .authorities),
    (.init(code: CURLE_GOT_NOTHING), .brokenOff), (.init(code: CURLE_RECV_ERROR), .brokenOff),
    (.init(code: CURLE_RECV_ERROR, proxyStatus: 200), .brokenOff),
    (.init(code: CURLE_HTTP2), .brokenOff), (.init(code: CURLE_PARTIAL_FILE), .brokenOff),
    (.init(code: CURLE_OUT_OF_MEMORY), .other), (.init(code: CURLE_UNSUPPORTED_PROTOCOL), .other),
  ]

  @Test("Each of libcurl's codes becomes the right network fault")
  func means() {
    for (end, fault) in Self.ends { #expect(end.fault == fault, "\(end)") }
  }

  @Test("A proxy's refusal takes precedence over libcurl's code", arguments: [400, 403, 407, 503])
  func prefersProxy(proxyStatus: Int) throws {
    let refusal = try #require(ProxyRefusal(httpStatus: proxyStatus))
    for code in [CURLE_RECV_ERROR, CURLE_COULDNT_CONNECT, CURLE_OPERATION_TIMEDOUT] {
      let end = TransportFailure(code: code, proxyStatus: proxyStatus)
      #expect(end.fault == .proxyRefusal(refusal))
    }
  }

  /// libcurl's code, its words, the system's reason, and what is shown of them.
  static let details: [(code: CURLcode, words: String, systemCode: Int32, shown: String)] = [
    (
      CURLE_COULDNT_CONNECT, "Failed to connect to a port 1 after 93 ms: Couldn't connect", 111,
      "(Failed to connect to a port 1: Connection refused)"
    ),
    (
      CURLE_COULDNT_CONNECT, "Failed to connect to a port 1: Connection refused", 111,
      "(Failed to connect to a port 1: Connection refused)"
    ),
    (CURLE_COULDNT_CONNECT, "Failed to connect to a port 1 after 9 ms: x", 0, "to a port 1)"),
    (CURLE_OPERATION_TIMEDOUT, "Connection timed out after 30001 milliseconds", 110, "out)"),
    (CURLE_OPERATION_TIMEDOUT, "SSL connection timeout", 0, "(SSL connection timeout)"),
    (CURLE_RECV_ERROR, "Recv failure: after 1 ms", 104, "(Recv failure: after 1 ms)"),
    (CURLE_RECV_ERROR, "", 104, "(Failure when receiving data from the peer)"),
  ]

  @Test("libcurl's words are shown without durations, which differ each time", arguments: details)
  func shows(code: CURLcode, words: String, systemCode: Int32, shown: String) async throws {
    try await SimulatedTenant.with { tenant in
      let configuration = try Client(configurationAt: tenant.configuration()).configuration
      let end = TransportFailure(code: code, words: words, systemCode: systemCode)
      let message = end.error(reaching: "https://a", configuration: configuration).message
      #expect(message.contains(shown), "\(message)")
    }
  }
}
