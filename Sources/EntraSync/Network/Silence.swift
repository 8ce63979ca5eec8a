/// How long nothing has arrived from a server that was asked.
public struct Silence: Equatable, Sendable {
  /// The server's scheme, host and port.
  public let server: String
  /// Seconds since the last byte arrived, or since the request.
  public let seconds: Double

  /// Creates a silence from its parts.
  ///
  /// - Parameters:
  ///   - server: The scheme, host and port.
  ///   - seconds: Any number.
  public init(server: String, seconds: Double) {
    self.server = server
    self.seconds = seconds
  }

  /// The seconds as messages show them, bounded so that no figure can trap.
  var shownSeconds: Int { seconds.isNaN ? 0 : Int(max(0, min(seconds, 1e9)).rounded()) }

  /// Whether it explains that a run reached its TIMEOUT, rather than too much to read.
  ///
  /// - Parameter timeout: How long the run might take, in seconds.
  /// - Returns: `false` if something arrived a moment ago.
  func explains(timeout: Int) -> Bool { seconds >= min(10, Double(timeout) / 2) }
}

extension EntraSyncError {
  /// The error of a run that reached its TIMEOUT.
  ///
  /// - Parameters:
  ///   - configuration: The configuration with that TIMEOUT.
  ///   - silence: The silence of the server that the run was waiting for, if there was one.
  /// - Returns: `.timeout`, with the server's name if it was silent.
  public static func timeout(
    _ configuration: Configuration, waitingFor silence: Silence?
  ) -> EntraSyncError {
    let limit = "the run took longer than \(configuration.timeout) s"
    let remedy = "raise \(configuration.keyAndLine(.timeout))"
    guard let silence, silence.explains(timeout: configuration.timeout) else {
      return EntraSyncError(.timeout, "\(limit); \(remedy)")
    }
    return EntraSyncError(
      .timeout,
      "\(limit): nothing came from \(silence.server) for \(silence.shownSeconds) s; check network, "
        + "firewall and proxy, or \(remedy)")
  }
}
