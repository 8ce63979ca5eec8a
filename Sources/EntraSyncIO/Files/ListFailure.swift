import EntraSync
import Glibc

/// What an administrator is told when a list's file cannot be had, read or written.
enum ListFailure {
  /// The list's folder is missing, or not for this user.
  static func cannotOpenFolder(_ error: Errno) -> EntraSyncError {
    leftAsItIs("its folder cannot be opened (\(error.reason)); check the path")
  }

  /// What stands in the list's place cannot be read.
  static func cannotRead(_ error: Errno) -> EntraSyncError {
    leftAsItIs(error.readingProblem)
  }

  /// The new content could not be put in the place of the old.
  static func cannotWrite(_ error: Errno) -> EntraSyncError {
    // Giving a file away is what an ordinary user may not do; to root the system refuses other things.
    leftAsItIs(
      error.code == EPERM && geteuid() != 0
        ? "its owner cannot be kept (\(error.reason)); run as root or as its owner"
        : "it cannot be written (\(error.reason)); \(ListFailure.remedy(error))")
  }

  /// The list's path is a symbolic link which somebody made who is neither root nor this user.
  static func foreignLink(owner: uid_t) -> EntraSyncError {
    leftAsItIs(
      "it is reached by a symbolic link of user id \(owner), who may lead it anywhere; name the file itself, or "
        + "make the link as root")
  }

  /// What was about to change could not be written down, so that it was not done.
  static func notWrittenDown(_ error: EntraSyncError) -> EntraSyncError {
    leftAsItIs(error.message)
  }

  /// The new list is in place, but the disk did not say so.
  static func notConfirmed(_ error: Errno) -> EntraSyncError {
    EntraSyncError(
      .file,
      "the new list is in place, but may not survive a power failure (\(error.reason)); check the "
        + "disk")
  }

  /// Another run holds the list.
  static func busy(_ holder: String?) -> EntraSyncError {
    EntraSyncError(
      .busy,
      "the list was left as it is: \(holder ?? "another process") is working on it; the next run will "
        + "try again")
  }

  private static func leftAsItIs(_ why: String) -> EntraSyncError {
    EntraSyncError(.file, "the list was left as it is: \(why)")
  }

  private static func remedy(_ error: Errno) -> String {
    switch error.code {
    case ENOSPC, EDQUOT: "make room there"
    case EROFS: "mount it for writing"
    case EACCES: "run as a user who may write to its folder"
    case EPERM: "see with lsattr whether it may be changed"
    default: "check the disk"
    }
  }
}
