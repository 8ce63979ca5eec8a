/// Is told what a client does while it works.
public struct Observer {
  /// Is told how far the run has come. It returns `false` to cancel the run.
  public var progress: ((Progress) -> Bool)?
  /// Receives one line of the log, which never holds a secret or a token.
  public var log: ((LogLevel, String) -> Void)?
  /// The lines of the log that matter: warnings alone, or all.
  public var logLevel = LogLevel.info

  /// Creates an observer that ignores everything.
  public init() {}

  /// The log, if it receives lines of a level.
  func log(of level: LogLevel) -> ((LogLevel, String) -> Void)? {
    level.rawValue <= logLevel.rawValue ? log : nil
  }
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
  /// Seconds left of a wait that a server asked for; 0 without one.
  public var waiting = 0.0
}

/// How much a log line matters.
public enum LogLevel: Int32, Sendable {
  /// Something that a person should correct, though the run goes on.
  case warning = 1
  /// What is being done.
  case info = 2
}
