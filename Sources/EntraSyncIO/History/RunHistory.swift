import CSystem
import EntraSync
import Glibc

/// The file in STATEDIR in which the runs of lists are remembered.
///
/// It never fails a run. What is wrong with it is said once, as a warning.
public struct RunHistory {
  /// The file, as STATEDIR keeps it. Runs are cleared away in it, and never the file.
  private static let kind = StateKind(namePrefix: HistorySchema.fileName, lifetime: .infinity)
  private static let damagedName = HistorySchema.fileName + ".damaged"

  private let folder: Path
  private let reach: Reach
  private let system: SystemCalls

  /// The history in a folder.
  ///
  /// - Parameters:
  ///   - folder: The folder. If only the folder itself is missing, it is made.
  ///   - reach: Which files the configuration may name that names the folder.
  ///   - system: The calls to use.
  init(in folder: Path, within reach: Reach = .anywhere, system: SystemCalls = SystemCalls()) {
    self.folder = folder
    self.reach = reach
    self.system = system
  }

  /// Where runs are remembered if no configuration says so: the folder that Debian's package and
  /// `make install` make, if it is there and this user's.
  ///
  /// The environment may name another one, so that tests leave it alone; `none` is none. A program
  /// with more rights than its caller does not listen to that.
  ///
  /// - Parameter system: The calls to use.
  /// - Returns: `nil` if runs are not remembered.
  static func standard(system: SystemCalls = SystemCalls()) -> RunHistory? {
    let folder =
      shim_environment("ENTRASYNC_STATEDIR").map { Path(cString: $0) } ?? Path("/var/lib/entrasync")
    guard folder.text != "none",
      let opened = try? system.open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW),
      let status = try? system.status(opened), status.st_uid == system.user
    else { return nil }
    return RunHistory(in: folder, system: system)
  }

  /// Reads the runs of a list for a program.
  ///
  /// - Parameters:
  ///   - list: The list's path.
  ///   - folder: The folder; `nil` for the standard one.
  ///   - time: When the first of them began at the earliest, in seconds since 1970.
  ///   - most: How many are wanted at most.
  /// - Throws: `.invalidArgument`, and `.file` for a history that cannot be read.
  /// - Returns: The runs, the latest first; none if nothing is remembered.
  public static func records(
    of list: Path, in folder: Path?, since time: Int64, most: Int
  ) throws(EntraSyncError) -> [RunRecord] {
    let list = try list.atOpening(of: "list")
    let folder = try folder.map { (folder) throws(EntraSyncError) in
      try folder.atOpening(of: "folder")
    }
    guard let history = folder.map({ RunHistory(in: $0) }) ?? standard() else { return [] }
    do throws(Problem) {
      return try history.runs(of: list, since: time, most: most)
    } catch {
      throw EntraSyncError(.file, error.text)
    }
  }

  /// Remembers a run of a list.
  ///
  /// - Parameters:
  ///   - record: The run.
  ///   - list: The list's path.
  /// - Returns: What a person should know of the history; `nil` if all is well.
  func remember(_ record: RunRecord, of list: Path) -> String? {
    do {
      return try opened(creating: true) { (database) throws(Database.Fault) in
        try RunHistory.add(record, of: list, to: database)
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

  /// Why runs cannot be remembered or read.
  struct Problem: Error {
    /// One line that says what is wrong and what to do.
    let text: String
  }

  /// Opens the file, and runs `body` in a transaction.
  ///
  /// - Returns: What `body` returns, `nil` if there is no file; and what a person should know.
  private func opened<Result>(
    creating isMade: Bool, _ body: (Database) throws(Database.Fault) -> Result
  ) throws(Problem) -> (Result?, String?) {
    let state: StateFolder
    do {
      state = try StateFolder(
        folder, for: RunHistory.kind, within: reach, making: isMade, system: system)
    } catch {
      if !isMade, case .system(let error) = error, error.code == ENOENT { return (nil, nil) }
      throw problem("the folder \(error.folderProblem)")
    }
    var remark: String?
    while true {
      do {
        guard try state.prepare(Path(HistorySchema.fileName), making: isMade) else {
          return (nil, remark)
        }
      } catch {
        throw problem("\(HistorySchema.fileName) \(error.fileProblem)")
      }
      let outcome = transaction(body)
      switch outcome {
      case .success(let result): return (result, remark)
      case .failure(let fault):
        guard fault.isDamage, isMade, remark == nil else { throw problem(fault.text) }
        do {
          try state.rename(Path(HistorySchema.fileName), to: Path(RunHistory.damagedName))
        } catch {
          throw problem(fault.text)
        }
        remark =
          "the history of runs in \(folder.text.singleLine) was damaged and begins anew; the old one "
          + "is \(RunHistory.damagedName)"
      }
    }
  }

  private func problem(_ text: String) -> Problem {
    Problem(text: "no history of runs is kept in \(folder.text.singleLine): \(text)")
  }

  /// What may go wrong in a transaction.
  private enum Failure: Error {
    case database(Database.Fault)
    /// The file is of another program, or of a later version.
    case foreign

    var isDamage: Bool {
      if case .database(let fault) = self { fault.isDamage } else { false }
    }
    var text: String {
      switch self {
      case .database(let fault): "\(HistorySchema.fileName) \(fault.problem)"
      case .foreign:
        "\(HistorySchema.fileName) is of another program, or of a later entrasync; name another folder"
      }
    }
  }

  /// Nothing interrupts it, and its file gets no number of the standard ones.
  private func transaction<Success>(
    _ body: (Database) throws(Database.Fault) -> Success
  ) -> Result<Success, Failure> {
    StandardNumbers.kept {
      HeldSignals.during(.all) {
        do throws(Failure) {
          return .success(try uninterrupted(body))
        } catch {
          return .failure(error)
        }
      }
    }
  }

  private func uninterrupted<Success>(
    _ body: (Database) throws(Database.Fault) -> Success
  ) throws(Failure) -> Success {
    let result: Success?
    do throws(Database.Fault) {
      let database = try Database(folder.child(Path(HistorySchema.fileName)))
      try database.run("PRAGMA trusted_schema = OFF; PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE")
      result = try RunHistory.isReady(database) ? try body(database) : nil
      if result != nil { try database.run("COMMIT") }
    } catch {
      throw .database(error)
    }
    guard let result else { throw .foreign }
    return result
  }

  /// Whether the database is of this program and version. An empty one gets the tables.
  private static func isReady(_ database: Database) throws(Database.Fault) -> Bool {
    let id = try database.number("PRAGMA application_id")
    if id == HistorySchema.applicationID {
      return try database.number("PRAGMA user_version") == HistorySchema.version
    }
    guard id == 0, try database.number("SELECT count(*) FROM sqlite_schema") == 0 else {
      return false
    }
    try database.run(HistorySchema.creation)
    return true
  }

  private static func add(
    _ record: RunRecord, of list: Path, to database: Database
  ) throws(Database.Fault) {
    func id(_ text: String) throws(Database.Fault) -> Database.Value {
      try database.rows(of: HistorySchema.addText, .text(text))
      return .number(try database.number(HistorySchema.textID, .text(text)))
    }
    func number(_ figure: Int) -> Database.Value { .number(Int64(figure)) }
    let list = try id(RunHistory.name(of: list))
    // A clock that is ahead once makes nobody forget: the run before this one has a time, too.
    let before = try database.rows(of: HistorySchema.lastTime, list).first?.first?.number
    let now = Int64(record.began)
    let end = Database.Value.number(
      min(now, before ?? now) - Int64(HistorySchema.lifetime) * 86_400)
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
      record.groups = try database.rows(of: HistorySchema.groups, row[0]).map {
        RunRecord.Group(
          id: $0[0].text, isExcluded: $0[1].number != 0,
          people: Int(truncatingIfNeeded: $0[2].number))
      }
      record.leftOut = try database.rows(of: HistorySchema.leftOut, row[0]).map {
        RunRecord.LeftOut(reason: $0[0].text, count: Int(truncatingIfNeeded: $0[1].number))
      }
      return record
    }
  }
}
