import CCurl
import EntraSync

/// How servers are reached: what every request of a run has in common.
///
/// Nothing here comes from the environment but the proxy, where PROXY names none.
struct TransportOptions {
  /// The configuration, whose keys and lines messages name.
  let configuration: Configuration
  /// The authorities to trust in place of the system's.
  let authorities: Authorities?
  /// How many seconds the run has left.
  let remaining: Double
  /// What earlier requests have met.
  let habits: TransportHabits
  private let url: String
  /// Whether the request goes to a service of this machine.
  private let isLocal: Bool
  private let limits: Limits

  /// Creates the options for a request that is sent now.
  ///
  /// - Parameters:
  ///   - configuration: The configuration, for PROXY.
  ///   - authorities: The authorities of CAFILE; `nil` for the system's.
  ///   - url: Where the request goes.
  ///   - isLocal: Whether that is a service of this machine.
  ///   - limits: How long to wait for the server.
  ///   - remaining: How many seconds the run has left.
  ///   - habits: What earlier requests have met.
  init(
    _ configuration: Configuration, authorities: Authorities?, url: String, isLocal: Bool = false,
    limits: Limits, remaining: Double, habits: TransportHabits
  ) {
    self.configuration = configuration
    self.authorities = authorities
    self.url = url
    self.isLocal = isLocal
    self.limits = limits
    self.remaining = remaining
    self.habits = habits
  }

  /// Sets them on libcurl's handle.
  func apply(to options: inout TransferOptions) {
    options.set(CURLOPT_NOSIGNAL, 1)
    // The run itself watches TIMEOUT. This bound takes effect only if that fails.
    options.set(CURLOPT_TIMEOUT_MS, Int(max(0, min(remaining, 1e6)) * 1000) + 1000)
    options.set(CURLOPT_CONNECTTIMEOUT, isLocal ? limits.connectingHere : limits.connecting)
    options.set(CURLOPT_LOW_SPEED_LIMIT, 1)
    options.set(CURLOPT_LOW_SPEED_TIME, limits.stalling)
    // HTTP/2 where the server offers it, on one connection for all requests of the run.
    let version = habits.http2.isOver ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS
    options.set(CURLOPT_HTTP_VERSION, Int(version))
    options.set(CURLOPT_PIPEWAIT, 1)
    // AnswerHead refuses an answer that is packed in another way.
    options.set(CURLOPT_ACCEPT_ENCODING, "gzip")
    options.set(CURLOPT_USERAGENT, "entrasync/\(Release.version)")
    // A name server that hangs must not hold up the end of a run.
    options.set("QUICK_EXIT") { shim_easy_set_quick_exit($0) }

    // libcurl must not follow redirects by itself, since it would send the token along.
    options.set(CURLOPT_FOLLOWLOCATION, 0)
    let allowsHTTP: Int32 = url.hasPrefix("http://") ? 1 : 0
    options.set("PROTOCOLS") { shim_easy_set_protocols($0, allowsHTTP) }
    options.set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
    applyTLS(to: &options)
    applyProxy(to: &options)
  }

  private func applyTLS(to options: inout TransferOptions) {
    options.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    options.set("SSL_CTX_FUNCTION") { shim_easy_set_tls($0) }
    authorities?.apply(to: &options)
  }

  private func applyProxy(to options: inout TransferOptions) {
    options.set("PROXYAUTH") {
      shim_easy_set_proxy_methods($0, habits.triesNegotiate ? 1 : 0)
    }
    let server = configuration.graph.covers(url) ? configuration.graph : configuration.login
    if isLocal || server.isLoopback {
      // A server on this machine may be plain http, so its requests must not go through a proxy.
      options.set(CURLOPT_PROXY, "")
    } else if let proxy = configuration.proxy {
      options.set(CURLOPT_PROXY, proxy.withBytes { String(decoding: $0, as: UTF8.self) })
      // NO_PROXY belongs to the environment's proxy.
      options.set(CURLOPT_NOPROXY, "")
    }
  }
}
