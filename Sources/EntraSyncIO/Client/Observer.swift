/// Who is told what a client does while it works.
public struct Observer {
  /// Is told how far the run has come, and says whether it shall go on.
  public var progress: ((Progress) -> Bool)?
  /// Receives one line of the log, which never holds a secret or a token.
  public var log: ((LogLevel, String) -> Void)?

  /// Nobody.
  public init() {}
}
