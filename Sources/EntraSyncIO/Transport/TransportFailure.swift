import CCurl
import EntraSync

/// What libcurl's codes mean to an administrator.
enum TransportFailure {
  /// Turns the end of a transfer that brought no whole answer into an error.
  ///
  /// - Parameters:
  ///   - code: libcurl's code.
  ///   - detail: libcurl's own words. They hold hosts and ports, and where a proxy's URL is malformed
  ///     also its password, so that nothing with an `@` is shown.
  ///   - proxyStatus: What a proxy answered to CONNECT; 0 where none was asked.
  ///   - url: The request's URL, of which the message names scheme, host and port.
  /// - Returns: `.network`, or `.configuration` for a CAFILE that is none.
  static func error(
    _ code: CURLcode, detail: String, proxyStatus: Int = 0, url: String
  ) -> EntraSyncError {
    let detail =
      detail.contains("@") ? String(cString: curl_easy_strerror(code)) : detail.singleLine
    let server = origin(of: url)
    let (status, message): (Status, String) =
      switch code {
      case _ where proxyStatus >= 400:
        (.network, "the proxy refuses (HTTP \(proxyStatus)); check PROXY, its user and password")
      case CURLE_COULDNT_RESOLVE_HOST:
        (.network, "cannot find \(server); check the name and this server's DNS")
      case CURLE_COULDNT_RESOLVE_PROXY:
        (.network, "cannot find the proxy (\(detail)); check PROXY and HTTPS_PROXY")
      case CURLE_COULDNT_CONNECT:
        (.network, "cannot connect to \(server) (\(detail)); check network, firewall and proxy")
      case CURLE_OPERATION_TIMEDOUT:
        (.network, "\(server) did not answer in time (\(detail)); check network and firewall")
      case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR:
        (
          .network,
          "the certificate of \(server) is not trusted (\(detail)); check CAFILE and the clock"
        )
      case CURLE_SSL_CACERT_BADFILE:
        (.configuration, "CAFILE cannot be used (\(detail)); it must hold certificates in PEM")
      case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER:
        (.network, "no TLS connection to \(server) (\(detail)); it must offer TLS 1.2")
      case CURLE_UNSUPPORTED_PROTOCOL:
        (.network, "\(server) is not reached by https; check the configured URLs")
      default:
        (.network, "the connection to \(server) broke off (\(detail))")
      }
    return EntraSyncError(status, message)
  }

  /// Whether another try may end better: a server that is down comes back, a certificate does not.
  ///
  /// - Parameters:
  ///   - code: libcurl's code.
  ///   - proxyStatus: What a proxy answered to CONNECT; 0 where none was asked.
  /// - Returns: `false` for what stays as it is until a person changes it.
  static func mayPass(_ code: CURLcode, proxyStatus: Int = 0) -> Bool {
    if proxyStatus >= 400 { return RetryPolicy.passingStatuses.contains(proxyStatus) }
    return [
      CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT,
      CURLE_OPERATION_TIMEDOUT, CURLE_SSL_CONNECT_ERROR, CURLE_GOT_NOTHING, CURLE_SEND_ERROR,
      CURLE_RECV_ERROR, CURLE_PARTIAL_FILE, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING,
      CURLE_HTTP2, CURLE_HTTP2_STREAM,
    ].contains(code)
  }

  private static func origin(of url: String) -> String {
    url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3)
      .joined(separator: "/")
  }
}
