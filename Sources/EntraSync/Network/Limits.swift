/// How long a run bears with a server, within its TIMEOUT.
public struct Limits: Sendable {
  /// When a request is sent again.
  public var retry = RetryPolicy.standard
  /// How long a connection may take to come about, in seconds.
  public var connecting = 30
  /// How long nothing may arrive on a connection before it counts as broken, in seconds.
  public var stalling = 60

  /// The limits of every run.
  public init() {}
}
