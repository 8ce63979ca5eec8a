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

  let folder: Path
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

  /// Where clients' runs are remembered: in the folder of the first one that has STATEDIR, or in
  /// the standard one.
  ///
  /// - Parameter clients: The clients that feed a list.
  /// - Returns: `nil` if STATEDIR is `none`, or there is no standard folder.
  static func kept(for clients: [Client]) -> RunHistory? {
    guard
      let client = clients.first(where: { $0.stateFolder != nil || !$0.configuration.remembersRuns }
      )
    else { return standard() }
    guard let folder = client.stateFolder else { return nil }
    return RunHistory(in: folder, within: client.configuration.reach)
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

  /// Why runs cannot be remembered or read.
  struct Problem: Error {
    /// One line that says what is wrong and what to do.
    let text: String
  }

  /// Opens the file, and runs `body` in a transaction.
  ///
  /// - Returns: What `body` returns, `nil` if there is no file; and what a person should know.
  func opened<Result>(
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
      let version = try database.number("PRAGMA user_version")
      guard (1...HistorySchema.version).contains(version) else { return false }
      for upgrade in HistorySchema.upgrades[Int(version)...] { try database.run(upgrade) }
      return true
    }
    guard id == 0, try database.number("SELECT count(*) FROM sqlite_schema") == 0 else {
      return false
    }
    try database.run(HistorySchema.creation)
    return true
  }

  /// The number under which a text is kept.
  static func id(
    of text: String, in database: Database
  ) throws(Database.Fault) -> Database.Value {
    try database.rows(of: HistorySchema.addText, .text(text))
    return .number(try database.number(HistorySchema.textID, .text(text)))
  }
}
