extension Fault {
  /// How a good answer fails to arrive.
  public enum Delivery: Sendable, Equatable {
    /// The connection closes there, before the promised length.
    case cutBody(at: Position)
    /// The connection is reset there (RST).
    case reset(at: Position)
    /// Half of the promised bytes are sent; then nothing, for as long as the client waits.
    case stall
    /// The answer waits this many milliseconds.
    case slow(milliseconds: Int)
    /// A redirect with this status.
    case redirect(status: Int, to: Place)
  }

  /// Where a redirect leads.
  public enum Place: Sendable, Equatable {
    /// To the same URL.
    case same
    /// To the same URL, written without scheme and host.
    case path
    /// To the same URL, written from the last slash of its path on.
    case relative
    /// Nowhere: there is no Location.
    case nowhere
    /// To the same host and port, with https in the place of http or the reverse.
    case otherScheme
    /// To the next port of the same host.
    case otherPort
    /// To the same path and query at this scheme and host.
    case origin(String)

    /// What Location says.
    ///
    /// - Parameters:
    ///   - target: Path and query of the request.
    ///   - origin: The scheme, host and port under which it came.
    /// - Returns: A URL, or nil where there is no Location.
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
