import CSQLite
import Glibc

/// A file of SQLite's, open for the time of one transaction.
///
/// A connection must not survive a fork, and SQLite's writes can raise a signal. So the caller
/// holds signals back, stays inside of the work of ``ForkGate``, and closes it before it returns.
///
/// Source: SQLite, "C-language Interface Specification" and "How To Corrupt An SQLite Database
/// File".
final class Database {
  /// What SQLite says went wrong.
  struct Fault: Error {
    /// SQLite's primary result code.
    let code: Int32
    /// The system's error behind it; 0 if there is none.
    let errno: Int32

    /// Whether the file holds no database, or a broken one.
    var isDamage: Bool { code == SQLITE_CORRUPT || code == SQLITE_NOTADB }

    /// Why the file was not used, for a message that names it in front.
    var problem: String {
      switch code {
      case SQLITE_BUSY, SQLITE_LOCKED: "is in use by another process"
      case SQLITE_FULL: "cannot be written (\(Errno(code: ENOSPC).reason)); make room there"
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: "cannot be written; check who may write there"
      case SQLITE_CORRUPT, SQLITE_NOTADB: "is damaged"
      default:
        errno == 0
          ? "cannot be used (\(String(cString: sqlite3_errstr(code)))); check the disk"
          : "cannot be used (\(Errno(code: errno).reason)); \(Errno(code: errno).remedy)"
      }
    }
  }

  /// A value of a column or a parameter.
  enum Value {
    case number(Int64)
    case text(String)

    /// The number; 0 for a text.
    var number: Int64 { if case .number(let number) = self { number } else { 0 } }
    /// The text; empty for a number.
    var text: String { if case .text(let text) = self { text } else { "" } }
  }

  /// How long to wait for another process, in milliseconds.
  private static let patience: Int32 = 1000

  private let connection: OpaquePointer

  /// Opens a file, which is there, for reading and writing.
  init(_ path: Path) throws(Fault) {
    var connection: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE
    let code = sqlite3_open_v2(path.bytes, &connection, flags, nil)
    guard code == SQLITE_OK, let connection else {
      // SQLite makes the object even if it cannot open the file.
      let fault = Fault(code: code & 0xFF, errno: sqlite3_system_errno(connection))
      sqlite3_close_v2(connection)
      throw fault
    }
    self.connection = connection
    sqlite3_busy_timeout(connection, Database.patience)
  }

  deinit { sqlite3_close_v2(connection) }

  /// Runs statements without parameters, whose rows are of no interest.
  func run(_ statements: String) throws(Fault) {
    try check(sqlite3_exec(connection, statements, nil, nil, nil))
  }

  /// Runs one statement.
  ///
  /// - Parameters:
  ///   - statement: The statement, with `?1` and so on for its parameters.
  ///   - values: The parameters.
  /// - Throws: A ``Fault``.
  /// - Returns: Its rows.
  @discardableResult
  func rows(of statement: String, _ values: Value...) throws(Fault) -> [[Value]] {
    var prepared: OpaquePointer?
    try check(sqlite3_prepare_v2(connection, statement, -1, &prepared, nil))
    defer { sqlite3_finalize(prepared) }
    for (index, value) in zip(Int32(1)..., values) {
      switch value {
      case .number(let number): try check(sqlite3_bind_int64(prepared, index, number))
      case .text(var text):
        let code = text.withUTF8 { bytes in
          bytes.withMemoryRebound(to: CChar.self) { characters in
            characters.baseAddress.map {
              shim_bind_text(prepared, index, $0, Int32(clamping: bytes.count))
            }
          }
        }
        try check(code ?? shim_bind_text(prepared, index, "", 0))
      }
    }
    var rows: [[Value]] = []
    while true {
      let code = sqlite3_step(prepared)
      if code == SQLITE_DONE { return rows }
      guard code == SQLITE_ROW else { throw fault(code) }
      rows.append((0..<sqlite3_column_count(prepared)).map { value(prepared, $0) })
    }
  }

  /// The first value of a statement's first row, as a number; 0 if there is none.
  func number(_ statement: String, _ value: Value? = nil) throws(Fault) -> Int64 {
    let found = if let value { try rows(of: statement, value) } else { try rows(of: statement) }
    return found.first?.first?.number ?? 0
  }

  private func value(_ row: OpaquePointer?, _ column: Int32) -> Value {
    guard sqlite3_column_type(row, column) != SQLITE_INTEGER else {
      return .number(sqlite3_column_int64(row, column))
    }
    let bytes = UnsafeBufferPointer(
      start: sqlite3_column_text(row, column), count: Int(sqlite3_column_bytes(row, column)))
    return .text(String(decoding: bytes, as: UTF8.self))
  }

  private func check(_ code: Int32) throws(Fault) {
    guard code == SQLITE_OK else { throw fault(code) }
  }

  private func fault(_ code: Int32) -> Fault {
    Fault(code: code & 0xFF, errno: sqlite3_system_errno(connection))
  }
}
