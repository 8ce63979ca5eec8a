extension Fault {
  /// A way in which a good answer does not arrive as it should.
  public enum Delivery: Sendable, Equatable {
    /// The connection closes at this byte, before the promised length.
    case cutBody(at: Position)
    /// The connection is reset (RST) at this byte.
    case reset(at: Position)
    /// Half of the promised bytes are sent, then nothing for as long as the client waits.
    case stall
    /// The answer comes this many milliseconds late.
    case slow(milliseconds: Int)
    /// A redirect with this status takes the place of the answer.
    case redirect(status: Int, to: Destination)
  }

  /// The destination of a redirect.
  public enum Destination: Sendable, Equatable {
    /// The same URL.
    case same
    /// The same URL, written without scheme and host.
    case path
    /// The same URL, written as what follows the last slash of its path.
    case relative
    /// No destination: there is no Location header.
    case nowhere
    /// The same host and port, with https instead of http or the reverse.
    case otherScheme
    /// The same host, with the next port number.
    case otherPort
    /// The same path and query at this scheme and host.
    case origin(String)

    /// The value of the Location header.
    ///
    /// - Parameters:
    ///   - target: The path and query of the request.
    ///   - origin: The scheme, host and port that clients use to reach the simulator.
    /// - Returns: A URL, or nil if there is no Location header.
    func location(target: String, origin: String) -> String? {
      switch self {
      case .same: return origin + target
      case .path: return target
      case .relative:
        let slash = target.prefix { $0 != "?" }.lastIndex(of: "/")
        return slash.map { String(target[$0...].dropFirst()) } ?? target
      case .nowhere: return nil
      case .otherScheme:
        let isPlain = origin.hasPrefix("http://")
        return (isPlain ? "https" : "http") + origin.drop { $0 != ":" } + target
      case .otherPort:
        let port = origin.split(separator: ":").last.flatMap { UInt16($0) }
        guard let port else { return "\(origin):8443\(target)" }
        return "\(origin.dropLast("\(port)".count))\(port == .max ? 1 : port + 1)\(target)"
      case .origin(let other): return other + target
      }
    }
  }
}
