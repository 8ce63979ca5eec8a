import EntraSync
import Glibc

/// What an administrator is told if a list's file cannot be locked, read or written.
enum ListFailure {
  /// The list's folder is missing, or closed to this user.
  static func cannotOpenFolder(_ error: Errno) -> EntraSyncError {
    error.isShortage
      ? leftAsItIs("its folder cannot be opened (\(error.reason)); \(error.remedy)")
      : leftAsItIs("its folder cannot be opened (\(error.reason)); check the path")
  }

  /// The list cannot be read, or something else is at its path.
  static func cannotRead(_ error: Errno) -> EntraSyncError {
    if error.isClosed { return filesClosed }
    return leftAsItIs(error.readingProblem)
  }

  /// A callback has closed the list's files, so that there is nothing to work with.
  private static var filesClosed: EntraSyncError {
    var error = CallOrigin.filesClosed
    error.message = leftAsItIs(error.message).message
    return error
  }

  /// The new content could not replace the old.
  static func cannotWrite(_ error: Errno) -> EntraSyncError {
    if error.isClosed { return filesClosed }
    // An ordinary user may not give a file away. If root meets EPERM, the file is protected.
    if error.code == EPERM, geteuid() != 0 {
      return leftAsItIs(
        "its owner cannot be kept (\(error.reason)); run as root or as its owner")
    }
    if error.isMountPoint {
      return leftAsItIs(
        "it cannot be replaced (\(error.reason)), since it is a mount point of its own, such as a "
          + "container's mount of a single file; mount its folder instead")
    }
    return leftAsItIs("it cannot be written (\(error.reason)); \(error.remedy)")
  }

  /// Somebody has changed the list while the run read the members.
  static var changedMeanwhile: EntraSyncError {
    leftAsItIs("somebody has changed it since this run read it; the next run will read it again")
  }

  /// The new list has more bytes than a run can read.
  static func tooLarge(_ size: Int, limit: Int) -> EntraSyncError {
    leftAsItIs(
      "the new one would have \(size) bytes, and no run could read more than \(limit) of "
        + "them; split the group, or shorten the template")
  }

  /// The list's path is a symbolic link of a user who is neither root nor this one.
  static func foreignLink(owner: uid_t) -> EntraSyncError {
    leftAsItIs(
      "it " + FileLocation.foreignLink(of: owner)
        + "; name the file itself, or make the link as root")
  }

  /// The audit could not be written, so that the list was not changed.
  static func notWrittenDown(_ error: EntraSyncError) -> EntraSyncError {
    error.status == .invalidArgument ? error : leftAsItIs(error.message)
  }

  /// The new list is in place, but the disk did not confirm that.
  static func notConfirmed(_ error: Errno) -> EntraSyncError {
    EntraSyncError(
      .file,
      "the new list is in place, but a power failure might bring the old one back, since its folder "
        + "cannot be synced (\(error.reason)); check the disk")
  }

  /// Another run has locked the list.
  static func busy(_ holder: String?) -> EntraSyncError {
    EntraSyncError(
      .busy,
      "the list was left as it is: \(holder ?? "another process") is working on it; the next run will "
        + "try again")
  }

  private static func leftAsItIs(_ why: String) -> EntraSyncError {
    EntraSyncError(.file, "the list was left as it is: \(why)")
  }
}
