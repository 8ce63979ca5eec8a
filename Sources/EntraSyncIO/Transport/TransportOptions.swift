import CCurl
import EntraSync

/// How servers are reached: what every request of a run has in common.
struct TransportOptions {
  /// The configuration, whose keys and lines messages name.
  let configuration: Configuration
  private let authorities: Path?
  private let url: String
  private let limits: Limits
  private let remaining: Double

  /// Creates the options for a request that is sent now.
  ///
  /// - Parameters:
  ///   - configuration: The configuration, for PROXY.
  ///   - authorities: The file of CAFILE.
  ///   - url: Where the request goes.
  ///   - limits: How long to wait for the server.
  ///   - remaining: How many seconds the run has left.
  init(
    _ configuration: Configuration, authorities: Path?, url: String, limits: Limits,
    remaining: Double
  ) {
    self.configuration = configuration
    self.authorities = authorities
    self.url = url
    self.limits = limits
    self.remaining = remaining
  }

  /// Sets them on libcurl's handle.
  func apply(to easy: UnsafeMutableRawPointer) {
    _ = shim_easy_set_long(easy, CURLOPT_NOSIGNAL, 1)
    // The run itself watches TIMEOUT. This bound takes effect only if that fails.
    _ = shim_easy_set_long(easy, CURLOPT_TIMEOUT_MS, Int(max(0, remaining) * 1000) + 1000)
    _ = shim_easy_set_long(easy, CURLOPT_CONNECTTIMEOUT, limits.connecting)
    _ = shim_easy_set_long(easy, CURLOPT_LOW_SPEED_LIMIT, 1)
    _ = shim_easy_set_long(easy, CURLOPT_LOW_SPEED_TIME, limits.stalling)
    // HTTP/2 where the server offers it, on one connection for all requests of the run.
    _ = shim_easy_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
    _ = shim_easy_set_long(easy, CURLOPT_PIPEWAIT, 1)
    _ = shim_easy_set_string(easy, CURLOPT_ACCEPT_ENCODING, "")
    _ = shim_easy_set_string(easy, CURLOPT_USERAGENT, "entrasync/\(Release.version)")
    _ = shim_easy_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    // A name server that hangs must not hold up the end of a run.
    _ = shim_easy_set_quick_exit(easy)

    // libcurl must not follow redirects by itself, since it would send the token along.
    _ = shim_easy_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
    _ = shim_easy_set_protocols(easy, url.hasPrefix("http://") ? 1 : 0)
    _ = shim_easy_set_long(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    if let file = authorities {
      _ = shim_easy_set_string(easy, CURLOPT_CAINFO, file.bytes)
      // A proxy that is reached by TLS is checked against the same authorities.
      _ = shim_easy_set_string(easy, CURLOPT_PROXY_CAINFO, file.bytes)
    }

    let server = configuration.graph.covers(url) ? configuration.graph : configuration.login
    if server.isLoopback {
      // A server on this machine may be plain http, so its requests must not go through a proxy.
      _ = shim_easy_set_string(easy, CURLOPT_PROXY, "")
    } else if let proxy = configuration.proxy {
      let text = proxy.withBytes { String(decoding: $0, as: UTF8.self) }
      _ = shim_easy_set_string(easy, CURLOPT_PROXY, text)
    }
  }
}
