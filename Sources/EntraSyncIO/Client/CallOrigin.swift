import EntraSync
import Glibc

/// The process in which a call of the library began.
///
/// A callback may fork, and return in the child too. The child shares the parent's connections, its
/// lock of the list and its AUDITFILE. It must not go on with the call: it would take the answers
/// to the parent's requests, and write the list a second time.
struct CallOrigin {
  private let process = getpid()

  /// Whether this is that process.
  var isHere: Bool { getpid() == process }

  /// The error of a call one of whose callbacks has closed the run's files.
  static var filesClosed: EntraSyncError {
    EntraSyncError(
      .invalidArgument,
      "a callback closed files of the run; let callbacks close those that they have opened")
  }

  /// The error of a call that goes on in a child which a callback has forked.
  static var forked: EntraSyncError {
    EntraSyncError(
      .invalidArgument,
      "a callback forked and its child went on with the run; end the child there, or fork elsewhere"
    )
  }

  /// Ends the call in a child.
  ///
  /// - Throws: `.invalidArgument` in any other process.
  func check() throws(EntraSyncError) {
    guard isHere else { throw CallOrigin.forked }
  }
}
