import EntraSync

/// Records what one run does to a list, in the log and in every AUDITFILE of its configurations.
struct ListAudit {
  private let list: Path
  private let record: AuditRecord
  private let files: [AuditFile]
  private let observer: Observer
  private let origin: CallOrigin

  /// Opens the files and records that the run begins.
  ///
  /// - Parameters:
  ///   - list: The list's path.
  ///   - clients: The clients that feed it. The log of the first gets the lines.
  ///   - origin: Where the call has begun. No child of the log's callback records anything.
  /// - Throws: `.file` naming the list, if an AUDITFILE cannot be written to.
  init(_ list: Path, clients: [Client], origin: CallOrigin = CallOrigin()) throws(EntraSyncError) {
    self.list = list
    self.origin = origin
    record = AuditRecord(list: list.text)
    observer = clients.first?.observer ?? Observer()
    var files: [AuditFile] = []
    var paths: Set<[CChar]> = []
    for client in clients {
      guard let path = client.auditFile else { continue }
      do {
        // Each configuration that names the file has to be one that may.
        let file = try AuditFile(
          path, apartFrom: ListAudit.files(of: list, clients), within: client.configuration.reach)
        if paths.insert(path.bytes).inserted { files.append(file) }
      } catch {
        throw ListFailure.notWrittenDown(error).about(list.text)
      }
    }
    self.files = files
    try announce([record.beginning(clients.map(\.configuration.path))])
  }

  /// Whether anybody may want the names of the people who are left out.
  var wantsNames: Bool { observer.log != nil || !files.isEmpty }
  /// Whether anybody reads what is recorded of each person and line.
  private var isKept: Bool { observer.log(of: .info) != nil || !files.isEmpty }

  /// The files that a run reads, and those that it may write beside the list.
  private static func files(of list: Path, _ clients: [Client]) -> [Path] {
    [list] + Companion.allCases.map { list.companion($0) } + clients.flatMap(\.files)
  }

  /// Records what is about to change.
  ///
  /// - Throws: `.file` if it cannot be recorded; nothing may be changed then.
  func sayDetails(_ report: Report) throws(EntraSyncError) {
    // A list may have very many lines, and there may be nothing to record them in.
    guard isKept else { return }
    var failure: EntraSyncError?
    var lines: [String] = []
    func flush() {
      guard failure == nil else { return }
      do throws(EntraSyncError) { try announce(lines) } catch { failure = error }
      lines = []
    }
    record.details(report, report.difference) { line in
      lines.append(line)
      if lines.count == 1000 { flush() }
    }
    flush()
    if let failure { throw failure }
  }

  /// Records what a person should know of the files beside the list.
  func sayRemarks(_ remarks: [String]) throws(EntraSyncError) {
    for remark in remarks { try tell(.warning, remark) }
    let lines = remarks.map { record.remark($0) }
    do throws(EntraSyncError) {
      for file in files where !lines.isEmpty { try file.append(lines) }
    } catch {
      throw ListFailure.notWrittenDown(error).about(list.text)
    }
  }

  /// Records the guard's objection, and whether a person has accepted the change.
  func sayDecision(_ objection: String, isAccepted: Bool) throws(EntraSyncError) {
    try announce([record.decision(objection, isAccepted: isAccepted)])
  }

  /// Waits until what was recorded is on the disk. The list is changed after that.
  func sync() throws(EntraSyncError) {
    do {
      for file in files { try file.sync() }
    } catch {
      throw ListFailure.notWrittenDown(error).about(list.text)
    }
  }

  /// Records how the run ended. If an AUDITFILE cannot be written any more, the log says so.
  func sayEnd(_ result: Result<Report, EntraSyncError>) {
    guard origin.isHere else { return }
    let line =
      switch result {
      case .success(let report): record.result(report)
      case .failure(let error): record.failure(error)
      }
    do throws(EntraSyncError) {
      try say([line])
    } catch {
      if origin.isHere { observer.log(of: .warning)?(.warning, error.message) }
    }
  }

  /// Records what is about to be done. If that fails, it must not be done.
  private func announce(_ lines: [String]) throws(EntraSyncError) {
    do {
      try say(lines)
    } catch {
      try origin.check()
      throw ListFailure.notWrittenDown(error).about(list.text)
    }
  }

  private func say(_ lines: [String]) throws(EntraSyncError) {
    guard !lines.isEmpty else { return }
    for line in lines { try tell(.info, line) }
    for file in files { try file.append(lines) }
  }

  private func tell(_ level: LogLevel, _ line: String) throws(EntraSyncError) {
    guard let log = observer.log(of: level) else { return }
    log(level, line)
    try origin.check()
  }
}
