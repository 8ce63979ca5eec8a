import EntraSync

extension EntraSyncError {
  /// Whether it is about the run as a whole, and not about what it was doing.
  var endsRun: Bool { [.cancelled, .timeout, .invalidArgument].contains(status) }
}
