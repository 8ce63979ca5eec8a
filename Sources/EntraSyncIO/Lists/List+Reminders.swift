import EntraSync

extension List {
  /// Adds to a report which credentials end, if a person has to be told that now.
  ///
  /// - Parameters:
  ///   - report: The report of a run that went well.
  ///   - asksGraph: Whether Graph may be asked, once a day. A run that has written a list remembers
  ///     itself, and so can remember the answer. Its file is not locked meanwhile.
  /// - Throws: `.invalidArgument` in a child process that a callback has forked.
  func remind(in report: inout Report, asksGraph: Bool) throws(EntraSyncError) {
    var seen: Set<String> = []
    for client in clients {
      try origin.check()
      guard let reminder = client.reminder(in: &report, asksGraph: asksGraph),
        seen.insert("\(client.application) \(reminder)").inserted
      else { continue }
      // The question to Graph may have called back.
      try origin.check()
      let text = "\(client.configuration.path.singleLine): \(reminder)"
      report.warnings.append(text)
      client.observer.log(of: .warning)?(.warning, text)
    }
  }
}
