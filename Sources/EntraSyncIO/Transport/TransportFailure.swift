import CCurl
import EntraSync
import Glibc

/// Why a transfer brought no whole answer, in libcurl's terms.
struct TransportFailure {
  /// libcurl's code.
  var code: CURLcode
  /// libcurl's own words, if it has any.
  var words = ""
  /// The system's reason if a connection could not be made; stale or 0 otherwise.
  var systemCode: Int32 = 0
  /// What a proxy answered to CONNECT; 0 if no proxy was asked.
  var proxyStatus = 0
  /// OpenSSL's verdict on the server's certificate.
  var verifyResult = 0
  /// OpenSSL's verdict on a proxy's own certificate; 0 if it has none.
  var proxyVerifyResult = 0
  /// For how many seconds nothing was received.
  var silence = 0.0
  /// The methods in which the proxy takes users.
  var proxyMethods: [String] = []
  /// The scheme, host and port that were to be reached.
  var server = ""
  /// Why this process can open nothing more, if that is so.
  var shortage: Errno?

  /// What it means.
  var fault: NetworkFault {
    if let refusal = ProxyRefusal(httpStatus: proxyStatus, methods: proxyMethods) {
      return .proxyRefusal(refusal)
    }
    if let shortage, TransportFailure.needingDescriptors.contains(code) {
      return .noDescriptor(reason: shortage.reason, ofSystem: shortage.code == ENFILE)
    }
    // It stays set until the proxy's handshake succeeds.
    let peer = proxyVerifyResult == 0 ? NetworkFault.Peer.server : .proxy
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST:
      // Of a name that it has looked for, libcurl says the name.
      return words.isEmpty || words.split { " '()".contains($0) }.contains { $0 == host }
        ? .nameNotFound : .noResolver
    case CURLE_COULDNT_RESOLVE_PROXY: return .proxyNotFound
    case CURLE_COULDNT_CONNECT: return .noConnection
    case CURLE_OPERATION_TIMEDOUT: return .silence(seconds: silence)
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR:
      let result = peer == .server ? verifyResult : proxyVerifyResult
      return .certificate(CertificateFault(verifyResult: result), peer)
    case CURLE_SSL_CACERT_BADFILE: return .authorities
    case CURLE_SSL_CONNECT_ERROR:
      return .handshake(HandshakeFault(words: words), peer)
    case CURLE_SSL_CIPHER: return .handshake(.noCommonCipher, peer)
    case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE,
      CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_HTTP2, CURLE_HTTP2_STREAM:
      return .brokenOff
    default: return .other
    }
  }

  /// What a missing descriptor looks like.
  private static let needingDescriptors = [
    CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT,
    CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE, CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT,
  ]

  private var host: String {
    let authority = server.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first
    return authority.map { String($0.prefix { $0 != ":" }) } ?? ""
  }

  /// The error that it is.
  ///
  /// - Parameters:
  ///   - server: The scheme, host and port that were to be reached.
  ///   - configuration: The configuration, whose keys and lines the message names.
  /// - Returns: `.network`, or `.configuration` for a CAFILE that cannot be used.
  func error(reaching server: String, configuration: Configuration) -> EntraSyncError {
    fault.error(reaching: server, detail: detail, configuration: configuration)
  }

  /// libcurl's words without what must not be shown. They hold hosts and ports, and if a proxy's
  /// URL is malformed also its password, so that words with an `@` are not shown.
  var detail: String {
    let isShown = !words.isEmpty && !words.contains("@")
    let text = isShown ? words.singleLine.trimmed : String(cString: curl_easy_strerror(code))
    guard [CURLE_COULDNT_CONNECT, CURLE_OPERATION_TIMEDOUT].contains(code) else { return text }
    // `after 93 ms: …` follows. It differs each time, so that one failure would look like two.
    let place = text.split(separator: " ").prefix { $0 != "after" }.joined(separator: " ")
    guard code == CURLE_COULDNT_CONNECT, systemCode != 0 else { return place }
    let reason = Errno(code: systemCode).reason
    return place.hasSuffix(reason) ? place : "\(place): \(reason)"
  }
}

extension TransportFailure {
  /// Reads what libcurl knows at the end of a transfer.
  ///
  /// - Parameters:
  ///   - code: How it ended.
  ///   - easy: libcurl's handle.
  ///   - words: libcurl's own words.
  ///   - silence: For how many seconds nothing was received.
  init(_ code: CURLcode, of easy: UnsafeMutableRawPointer, words: String, silence: Double) {
    self.init(
      code: code, words: words,
      systemCode: Int32(clamping: shim_easy_get_long(easy, CURLINFO_OS_ERRNO)),
      proxyStatus: shim_easy_get_long(easy, CURLINFO_HTTP_CONNECTCODE),
      verifyResult: shim_easy_get_long(easy, CURLINFO_SSL_VERIFYRESULT),
      proxyVerifyResult: shim_easy_get_long(easy, CURLINFO_PROXY_SSL_VERIFYRESULT),
      silence: silence)
  }
}
