/// The URL of a service: the scheme, host and port that a request may go to, and a path.
public struct Endpoint: Hashable, Sendable {
  /// `https`, or `http` on a loopback address.
  public let scheme: String
  /// The host in lower case; an IPv6 address in brackets.
  public let host: String
  /// The port; `nil` for the default port of the scheme.
  public let port: Int?
  /// What precedes the service's own paths, without a slash at its end.
  public let path: String

  /// Reads the value of LOGINURL or GRAPHURL.
  ///
  /// - Parameter text: An absolute URL without user, query or fragment.
  /// - Throws: ``Malformed`` with the reason.
  public init(_ text: String) throws(Malformed) {
    try self.init(plain: text)
    guard scheme == "https" || isLoopback else {
      throw Malformed("must begin with https://; http is allowed on a loopback address only")
    }
  }

  /// Reads the URL of a service that is on this machine, or on the host of a virtual one; `nil` for
  /// any other URL.
  ///
  /// - Parameter text: An http URL without user, query or fragment, of a loopback or link-local
  ///   address.
  init?(onThisMachine text: String) {
    guard let endpoint = try? Endpoint(plain: text), endpoint.scheme == "http",
      endpoint.isLoopback || endpoint.isLinkLocal
    else { return nil }
    self = endpoint
  }

  private init(plain text: String) throws(Malformed) {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
      text[colon...].hasPrefix("://")
    else { throw Malformed("is not a URL; write it like https://graph.microsoft.com") }
    scheme = text[..<colon].lowercased()
    guard scheme == "https" || scheme == "http" else {
      throw Malformed("must begin with https://")
    }
    let rest = text[colon...].dropFirst(3)
    let authority = rest.prefix { $0 != "/" }
    guard
      rest.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 0x20 && $0.value != 0x7F }),
      !rest.contains(where: { "?#@\\%\"<>".contains($0) })
    else { throw Malformed("must be a plain URL of scheme, host, port and path") }

    let (host, port) = try Endpoint.split(authority: authority)
    self.host = host
    self.port = port == (scheme == "https" ? 443 : 80) ? nil : port
    var path = rest.dropFirst(authority.count)
    while path.hasSuffix("/") { path = path.dropLast() }
    self.path = String(path)
  }

  /// Scheme, host and port, with which every URL of this service begins.
  public var origin: String { "\(scheme)://\(host)" + (port.map { ":\($0)" } ?? "") }

  /// Whether the host is this machine itself.
  public var isLoopback: Bool {
    host == "localhost" || host == "[::1]" || isAddress(beginning: ["127"])
  }

  /// Whether the host is an address that no router passes on, such as that of the host which a
  /// virtual machine runs on.
  ///
  /// Source: RFC 3927, section 2.1.
  public var isLinkLocal: Bool { isAddress(beginning: ["169", "254"]) }

  /// Whether the host is an IPv4 address with these numbers at its beginning.
  private func isAddress(beginning start: [Substring]) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.starts(with: start)
      && parts.allSatisfy { $0.utf8.allSatisfy(\.isDigit) && UInt8($0) != nil }
  }

  /// The URL of a path below this endpoint.
  ///
  /// - Parameter suffix: The rest of the URL, beginning with a slash.
  /// - Returns: An absolute URL.
  public func url(_ suffix: String) -> String { origin + path + suffix }

  /// Whether an absolute URL goes to this scheme, host and port, and nowhere else.
  ///
  /// It compares whole bytes up to the first slash after the authority, so that no two readers of
  /// URLs can disagree about the host.
  ///
  /// - Parameter url: A URL from a server, such as a page link (`@odata.nextLink`).
  /// - Returns: `false` for any other URL, and for a text that is not a plain absolute URL.
  public func covers(_ url: String) -> Bool {
    guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else {
      return false
    }
    let defaultPort = scheme == "https" ? ":443" : ":80"
    let origins = port == nil ? [origin, origin + defaultPort] : [origin]
    return origins.contains { url.prefix($0.count + 1).lowercased() == $0 + "/" }
  }

  private static func split(
    authority: Substring
  ) throws(Malformed) -> (host: String, port: Int?) {
    let host: Substring
    let rest: Substring
    if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
      host = authority[...end]
      rest = authority[end...].dropFirst()
      let digits = host.dropFirst().dropLast()
      guard !digits.isEmpty, digits.utf8.allSatisfy({ $0.isHexDigit || $0 == 0x3A || $0 == 0x2E })
      else { throw Malformed("has a malformed IPv6 address") }
    } else {
      host = authority.prefix { $0 != ":" }
      rest = authority.dropFirst(host.count)
      let labels = host.split(separator: ".", omittingEmptySubsequences: false)
      guard !host.isEmpty, labels.dropLast().allSatisfy({ !$0.isEmpty }),
        host.utf8.allSatisfy({ $0.isLetter || $0.isDigit || $0 == 0x2D || $0 == 0x2E })
      else { throw Malformed("has no valid host name") }
    }
    guard !rest.isEmpty else { return (host.lowercased(), nil) }
    guard rest.hasPrefix(":"), rest.dropFirst().utf8.allSatisfy(\.isDigit),
      let port = Int(rest.dropFirst()), (1...65535).contains(port)
    else { throw Malformed("has no valid port; a port is a number from 1 to 65535") }
    return (host.lowercased(), port)
  }
}
