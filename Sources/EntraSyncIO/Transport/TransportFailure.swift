import CCurl
import EntraSync

/// What libcurl's codes mean to an administrator.
enum TransportFailure {
  /// Turns the end of a transfer that brought no whole answer into an error.
  ///
  /// - Parameters:
  ///   - code: libcurl's code.
  ///   - detail: libcurl's own words, which hold hosts and ports but no credential.
  ///   - url: The request's URL, of which the message names scheme, host and port.
  static func error(_ code: CURLcode, detail: String, url: String) -> EntraSyncError {
    let server = origin(of: url)
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST:
      return EntraSyncError(.network, "cannot find \(server); check the name and this server's DNS")
    case CURLE_COULDNT_RESOLVE_PROXY:
      return EntraSyncError(.network, "cannot find the proxy (\(detail)); check PROXY and HTTPS_PROXY")
    case CURLE_COULDNT_CONNECT:
      return EntraSyncError(
        .network, "cannot connect to \(server) (\(detail)); check the network, firewall and proxy")
    case CURLE_OPERATION_TIMEDOUT:
      return EntraSyncError(.timeout, "\(server) did not answer in time (\(detail)); check the network")
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
      return EntraSyncError(
        .network,
        "the certificate of \(server) is not trusted (\(detail)); check CAFILE and this server's clock")
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER:
      return EntraSyncError(.network, "no TLS connection to \(server) (\(detail)); it must offer TLS 1.2")
    case CURLE_UNSUPPORTED_PROTOCOL:
      return EntraSyncError(.network, "\(server) is not reached by https; check the configured URLs")
    default:
      return EntraSyncError(
        .network, "the connection to \(server) broke off (\(detail)); the next run will try again")
    }
  }

  private static func origin(of url: String) -> String {
    url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3)
      .joined(separator: "/")
  }
}
