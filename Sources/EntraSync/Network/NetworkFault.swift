/// Why a request brought no whole answer, and what an administrator can do about it.
public enum NetworkFault: Equatable, Sendable {
  /// Whose handshake or certificate it was.
  public enum Peer: Sendable {
    /// The server that was to be reached.
    case server
    /// A proxy that is spoken to by TLS itself.
    case proxy
  }

  /// The server's name has no address.
  case nameNotFound
  /// The proxy's name has no address.
  case proxyNotFound
  /// Nobody accepts the connection.
  case noConnection
  /// Nothing came any more, for so many seconds.
  case silence(seconds: Double)
  /// The proxy answered, and not with a tunnel.
  case proxyRefusal(ProxyRefusal)
  /// The TLS handshake came to nothing.
  case handshake(HandshakeFault, Peer)
  /// The certificate is not believed.
  case certificate(CertificateFault, Peer)
  /// The file of trusted authorities cannot be used.
  case authorities
  /// The connection broke, or what came on it was no HTTP.
  case brokenOff
  /// Anything else, which is no matter of the network.
  case other

  /// Whether another try may end better: a server that is down comes back, a certificate does not.
  public var mayPass: Bool {
    switch self {
    case .nameNotFound, .proxyNotFound, .noConnection, .silence, .brokenOff: true
    case .handshake(let fault, _): fault == .brokenOff
    case .proxyRefusal(let refusal): refusal.mayPass
    case .certificate, .authorities, .other: false
    }
  }

  /// The error that it is.
  ///
  /// - Parameters:
  ///   - server: The scheme, host and port that were to be reached.
  ///   - detail: libcurl's own words, without a proxy's password.
  ///   - configuration: Whose keys and lines the message names.
  /// - Returns: `.network`, or `.configuration` for a CAFILE that is none.
  public func error(
    reaching server: String, detail: String, configuration: Configuration
  ) -> EntraSyncError {
    let isCAFileBad = self == .authorities && configuration.caFile != nil
    return EntraSyncError(
      isCAFileBad ? .configuration : .network, message(server, detail, configuration))
  }

  private func message(
    _ server: String, _ detail: String, _ configuration: Configuration
  ) -> String {
    let proxy = configuration.proxyKeyAndLine
    switch self {
    case .nameNotFound: return "cannot find \(server); check the name and this server's DNS"
    case .proxyNotFound: return "cannot find the proxy (\(detail)); check \(proxy)"
    case .noConnection:
      return "cannot connect to \(server) (\(detail)); check network, firewall and proxy"
    case .silence(let seconds):
      let silence = Silence(server: server, seconds: seconds)
      return "\(server) did not answer in time: nothing came for \(silence.shownSeconds) s "
        + "(\(detail)); check network, firewall and proxy"
    case .proxyRefusal(let refusal): return refusal.message(server, proxy: proxy)
    case .handshake(let fault, let peer):
      return fault.message(peer.name(server, proxy: proxy), detail: detail)
    case .certificate(let fault, let peer):
      return fault.message(peer.name(server, proxy: proxy), detail: detail, configuration)
    case .authorities where configuration.caFile == nil:
      return "this system's list of authorities cannot be used (\(detail)); install "
        + "ca-certificates or set CAFILE"
    case .authorities:
      return "\(configuration.keyAndLine(.caFile)) holds a certificate that cannot be used "
        + "(\(detail)); export it again, in PEM"
    case .brokenOff:
      return "the connection to \(server) broke off (\(detail)); check network, firewall and proxy"
    case .other:
      return "the request to \(server) failed (\(detail)); check LOGINURL, GRAPHURL and \(proxy)"
    }
  }
}

extension NetworkFault.Peer {
  /// How a message names it.
  fileprivate func name(_ server: String, proxy: String) -> String {
    switch self {
    case .server: server
    case .proxy: "the proxy in \(proxy)"
    }
  }
}

extension Configuration {
  /// Where a proxy is named; without PROXY it is the environment's.
  fileprivate var proxyKeyAndLine: String { proxy == nil ? "HTTPS_PROXY" : keyAndLine(.proxy) }
}
