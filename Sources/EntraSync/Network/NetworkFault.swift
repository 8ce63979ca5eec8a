/// Why a request brought no whole answer, and what an administrator can do about it.
public enum NetworkFault: Equatable, Sendable {
  /// Whose handshake or certificate it was.
  public enum Peer: Sendable {
    /// The server that the request was for.
    case server
    /// A proxy whose own connection uses TLS.
    case proxy
  }

  /// The server's name has no address.
  case nameNotFound
  /// Names cannot be looked up at all.
  case noResolver
  /// This process, or the whole system, can open nothing more.
  case noDescriptor(reason: String, ofSystem: Bool)
  /// The proxy's name has no address.
  case proxyNotFound
  /// The connection was not accepted.
  case noConnection
  /// Nothing arrived for so many seconds.
  case silence(seconds: Double)
  /// The proxy refused to connect to the server.
  case proxyRefusal(ProxyRefusal)
  /// The TLS handshake failed.
  case handshake(HandshakeFault, Peer)
  /// The certificate is not trusted.
  case certificate(CertificateFault, Peer)
  /// The file of trusted authorities cannot be used.
  case authorities
  /// The connection broke, or what arrived on it was not HTTP.
  case brokenOff
  /// Anything else, which has nothing to do with the network.
  case other

  /// Whether another try may succeed: a server may come back, a bad certificate stays.
  public var mayPass: Bool {
    switch self {
    case .nameNotFound, .noResolver, .proxyNotFound, .noConnection, .silence, .brokenOff: true
    case .handshake(let fault, _): fault == .brokenOff
    case .proxyRefusal(let refusal): refusal.mayPass
    case .certificate, .authorities, .noDescriptor, .other: false
    }
  }

  /// Whether it may be HTTP/2 that something on the way does not carry, if that was spoken.
  public var breaksHTTP2: Bool {
    switch self {
    case .silence, .brokenOff: true
    default: false
    }
  }

  /// Turns the fault into an error.
  ///
  /// - Parameters:
  ///   - server: The scheme, host and port that the request was for.
  ///   - detail: libcurl's own words, without a proxy's password.
  ///   - configuration: The configuration whose keys and lines the message names.
  /// - Returns: `.network`, or `.configuration` for a CAFILE that cannot be used.
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
    case .nameNotFound:
      return "cannot find \(server) (\(detail)); check the name and this server's DNS"
        + (configuration.proxy == nil
          ? ", and set PROXY if this network reaches the Internet through a proxy" : "")
    case .noResolver:
      return "cannot look up \(server) (\(detail)); check this user's limits of processes and "
        + "memory (ulimit -u, ulimit -v)"
    case .noDescriptor(let reason, let ofSystem):
      return "cannot connect to \(server): \(reason); close what is not needed, or raise "
        + (ofSystem ? "fs.file-max" : "the limit of this process (ulimit -n)")
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
  /// The name of the server or the proxy in a message.
  fileprivate func name(_ server: String, proxy: String) -> String {
    switch self {
    case .server: server
    case .proxy: "the proxy in \(proxy)"
    }
  }
}

extension Configuration {
  /// The key that names the proxy; without PROXY, the environment variable.
  fileprivate var proxyKeyAndLine: String { proxy == nil ? "HTTPS_PROXY" : keyAndLine(.proxy) }
}
