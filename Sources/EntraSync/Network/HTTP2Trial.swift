/// Whether HTTP/2 works on the way to the servers of a run.
///
/// Some proxies and firewalls offer it and then break it: they end streams or whole connections in
/// the middle, or carry nothing more. Everything that is asked can be asked over HTTP/1.1 as well.
public struct HTTP2Trial: Sendable {
  /// How many faults end the trial.
  private static let enough = 2
  private var faults = 0

  /// Creates a trial without faults.
  public init() {}

  /// Whether the run goes on over HTTP/1.1.
  public var isOver: Bool { faults >= HTTP2Trial.enough }

  /// Forgets a single fault, since the run in which it happened is over.
  public mutating func beginRun() {
    if !isOver { faults = 0 }
  }

  /// Takes note of a connection over HTTP/2 that did not bring its answers.
  ///
  /// - Parameters:
  ///   - server: The server that was asked.
  ///   - detail: What happened.
  /// - Returns: What the log says, if this fault ends the trial.
  public mutating func noteFault(_ server: String, _ detail: String) -> String? {
    guard !isOver else { return nil }
    faults += 1
    return isOver
      ? "HTTP/2 does not work on the way to \(server) (\(detail)); the run goes on over HTTP/1.1"
      : nil
  }
}
