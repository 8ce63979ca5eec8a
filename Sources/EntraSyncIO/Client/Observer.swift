/// Who is told what a client does while it works.
public struct Observer {
  /// Is told how far the run has come, and says whether it shall go on.
  public var progress: ((Progress) -> Bool)?
  /// Receives one line of the log, which never holds a secret or a token.
  public var log: ((LogLevel, String) -> Void)?

  /// Nobody.
  public init() {}
}

/// How far a run has come.
public struct Progress: Sendable {
  /// Pages of members received.
  public var pages = 0
  /// People received.
  public var people = 0
  /// Bytes of the answers, after decompression.
  public var bytes = 0
  /// Seconds since the run began.
  public var seconds = 0.0
  /// Seconds still to wait because a server asked for it; 0 otherwise.
  public var waiting = 0.0
}

/// How much a log line matters.
public enum LogLevel: Int32, Sendable {
  /// Something that a person should mend, though the run goes on.
  case warning = 1
  /// What is being done.
  case info = 2
}
