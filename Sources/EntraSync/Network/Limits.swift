/// How long a run waits for a server, and how often it asks again, within its TIMEOUT.
public struct Limits: Sendable {
  /// Whether and when a request is sent again.
  public var retry = RetryPolicy.standard
  /// How long a connection may take to be made, in seconds.
  public var connecting = 30
  /// How long a connection to a service of this machine may take to be made, in seconds.
  public var connectingHere = 5
  /// After how long without a byte a connection counts as broken, in seconds.
  public var stalling = 60

  /// Creates the limits that every run has.
  public init() {}
}
