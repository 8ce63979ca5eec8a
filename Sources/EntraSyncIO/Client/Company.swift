import EntraSync

/// What the clients of one batch of lists know of servers that were found dead.
///
/// Twenty instances whose network is down would otherwise wait for each list anew.
final class Company {
  /// For how long a server that was found dead is not asked again, in seconds.
  static let period = 300.0
  /// How long a connection may take to be made, in seconds. Another list may follow.
  static let connecting = 12

  /// A server that was found dead on the way of a configuration.
  private struct Dead {
    var server: String
    var configuration: Configuration
    var error: EntraSyncError
    var end: Double
  }

  private var dead: [Dead] = []

  /// Notes that a run has given a server up.
  ///
  /// - Parameters:
  ///   - server: Its scheme, host and port.
  ///   - configuration: The run's, which says by which proxy it was asked.
  ///   - error: The run's error, without the configuration's path.
  ///   - now: The time.
  func noteDead(
    _ server: String, for configuration: Configuration, _ error: EntraSyncError, at now: Double
  ) {
    dead.removeAll { $0.end <= now }
    dead.append(
      Dead(
        server: server, configuration: configuration, error: error, end: now + Company.period))
  }

  /// Why a server is not asked; `nil` if it is.
  func objection(
    to server: String, for configuration: Configuration, at now: Double
  ) -> EntraSyncError? {
    dead.first {
      $0.server == server && $0.end > now && $0.configuration.hasSameProxy(as: configuration)
    }?.error
  }

  /// How long a run waits for a server. Where one is dead, others may be.
  func limits(_ limits: Limits, at now: Double) -> Limits {
    var limits = limits
    limits.connecting = min(limits.connecting, Company.connecting)
    if dead.contains(where: { $0.end > now }) { limits.retry = limits.retry.bounded(to: 1) }
    return limits
  }
}
