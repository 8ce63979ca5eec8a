import EntraSync
import Glibc

extension RunHistory {
  /// Remembers a run of a list.
  ///
  /// - Parameters:
  ///   - record: The run.
  ///   - list: The list's path.
  ///   - digest: The digest of what the run left in the list; `nil` for a run that failed.
  /// - Returns: What a person should know of the history; `nil` if all is well.
  func remember(_ record: RunRecord, of list: Path, leaving digest: String? = nil) -> String? {
    do {
      return try opened(creating: true) { (database) throws(Database.Fault) in
        try RunHistory.add(record, of: list, leaving: digest, to: database)
      }.1
    } catch {
      return error.text
    }
  }

  /// Reads the runs of a list.
  ///
  /// - Parameters:
  ///   - list: The list's path.
  ///   - time: When the first of them began at the earliest, in seconds since 1970.
  ///   - most: How many are wanted at most.
  /// - Throws: ``Problem`` for a history that cannot be read.
  /// - Returns: The runs, the latest first; none if nothing is remembered.
  func runs(of list: Path, since time: Int64, most: Int) throws(Problem) -> [RunRecord] {
    return try opened(creating: false) { (database) throws(Database.Fault) in
      try RunHistory.runs(of: list, since: time, most: most, in: database)
    }.0 ?? []
  }

  /// Reads what is remembered of a list when its next run decides.
  ///
  /// - Parameter list: The list's path.
  /// - Throws: ``Problem`` for a history that cannot be read.
  /// - Returns: What is remembered; nothing if no run is.
  func memory(of list: Path) throws(Problem) -> ListMemory {
    return try opened(creating: false) { (database) throws(Database.Fault) in
      try RunHistory.memory(of: list, in: database)
    }.0 ?? ListMemory()
  }

  /// The list's name in the history: the path that leads there without links.
  private static func name(of list: Path) -> String {
    func real(_ path: Path) -> Path? {
      guard let found = realpath(path.bytes, nil) else { return nil }
      defer { free(found) }
      return Path(cString: found)
    }
    // The first run may come before the file.
    let path = real(list) ?? real(list.folder)?.child(list.name) ?? list
    return path.systemText.singleLine
  }

  private static func memory(
    of list: Path, in database: Database
  ) throws(Database.Fault) -> ListMemory {
    let list = Database.Value.number(
      try database.number(HistorySchema.textID, .text(RunHistory.name(of: list))))
    var memory = ListMemory()
    if let run = try database.rows(of: HistorySchema.lastReading, list).first?.first {
      memory.isWritten = true
      memory.groups = try groups(of: run, in: database)
    }
    memory.digest = try database.rows(of: HistorySchema.digest, list).first?.first?.text ?? ""
    return memory
  }

  private static func groups(
    of run: Database.Value, in database: Database
  ) throws(Database.Fault) -> [RunRecord.Group] {
    try database.rows(of: HistorySchema.groups, run).map {
      RunRecord.Group(
        id: $0[0].text, isExcluded: $0[1].number != 0,
        people: Int(truncatingIfNeeded: $0[2].number))
    }
  }

  private static func add(
    _ record: RunRecord, of list: Path, leaving digest: String?, to database: Database
  ) throws(Database.Fault) {
    func id(_ text: String) throws(Database.Fault) -> Database.Value {
      try RunHistory.id(of: text, in: database)
    }
    func number(_ figure: Int) -> Database.Value { .number(Int64(figure)) }
    let list = try id(RunHistory.name(of: list))
    // A clock that is ahead once makes nobody forget: the run before this one has a time, too.
    let before = try database.rows(of: HistorySchema.lastTime, list).first?.first?.number
    let now = Int64(record.began)
    // Whatever number the file has, the run goes on.
    let latest = max(0, min(now, before ?? now))
    let end = Database.Value.number(latest - Int64(HistorySchema.lifetime) * 86_400)
    if try database.number(HistorySchema.countOld, end) >= HistorySchema.mostOld {
      for statement in HistorySchema.removals { try database.rows(of: statement, end) }
    }
    try database.rows(
      of: HistorySchema.addRun, list, .number(Int64(record.began)),
      .number(Int64(record.seconds * 1000)), number(record.outcome.rawValue),
      .number(Int64(record.status.rawValue)),
      try id(String(record.message.prefix(HistorySchema.longestMessage))),
      number(record.linesBefore),
      number(record.linesAfter), number(record.added), number(record.removed),
      number(record.fetched), number(record.excluded), number(record.disputed),
      number(record.requests))
    let run = Database.Value.number(try database.number("SELECT last_insert_rowid()"))
    if let digest { try database.rows(of: HistorySchema.keepDigest, list, .text(digest)) }
    for (place, path) in record.configurations.enumerated() {
      try database.rows(
        of: HistorySchema.addConfiguration, run, number(place), try id(path.singleLine))
    }
    for (place, group) in record.groups.enumerated() {
      try database.rows(
        of: HistorySchema.addGroup, run, number(place), try id(group.id),
        number(group.isExcluded ? 1 : 0), number(group.people))
    }
    for (place, leftOut) in record.leftOut.prefix(HistorySchema.mostReasons).enumerated() {
      try database.rows(
        of: HistorySchema.addLeftOut, run, number(place), try id(leftOut.reason),
        number(leftOut.count))
    }
  }

  private static func runs(
    of list: Path, since time: Int64, most: Int, in database: Database
  ) throws(Database.Fault) -> [RunRecord] {
    try database.rows(
      of: HistorySchema.runs, .text(RunHistory.name(of: list)), .number(time),
      .number(Int64(most))
    ).map { (row) throws(Database.Fault) in
      var record = RunRecord()
      let figures = row.map { Int(truncatingIfNeeded: $0.number) }
      record.began = Double(figures[1])
      record.seconds = Double(figures[2]) / 1000
      record.outcome = RunRecord.Outcome(rawValue: figures[3]) ?? .failed
      record.status = Status(rawValue: Int32(truncatingIfNeeded: figures[4])) ?? .server
      record.message = row[5].text
      record.linesBefore = figures[6]
      record.linesAfter = figures[7]
      record.added = figures[8]
      record.removed = figures[9]
      record.fetched = figures[10]
      record.excluded = figures[11]
      record.disputed = figures[12]
      record.requests = figures[13]
      record.configurations =
        try database.rows(of: HistorySchema.configurations, row[0]).map { $0[0].text }
      record.groups = try groups(of: row[0], in: database)
      record.leftOut = try database.rows(of: HistorySchema.leftOut, row[0]).map {
        RunRecord.LeftOut(reason: $0[0].text, count: Int(truncatingIfNeeded: $0[1].number))
      }
      return record
    }
  }
}
