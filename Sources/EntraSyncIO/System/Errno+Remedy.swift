import Glibc

extension Errno {
  /// What an administrator can do, so that the same call succeeds the next time.
  ///
  /// This is the only table of remedies. A caller that knows more, such as whose the folder should
  /// be, says that in place of it.
  var remedy: String {
    switch code {
    case ENOSPC, EDQUOT: "make room there"
    case EROFS: "mount it for writing"
    case EACCES: "run as a user who may write there"
    // Root, too, may not change a file that `chattr +i` protects.
    case EPERM: "check with lsattr whether it may be changed"
    case ENOENT: "make that folder"
    case ENOTDIR: "name a folder"
    case EISDIR: "name a file in it"
    case ELOOP: "correct the link"
    case EINVAL, ENXIO: "name another"
    case EMFILE: "close what is not needed, or raise the limit of this process (ulimit -n)"
    case ENFILE, ENOMEM: "the next run will try again"
    case EFBIG: "raise the limit of this process (ulimit -f)"
    default: "check the disk"
    }
  }

  /// Whether the process or the system has no room for another open file.
  var isShortage: Bool { [EMFILE, ENFILE, ENOMEM].contains(code) }

  /// Whether a callback has closed the file.
  var isClosed: Bool { code == EBADF }

  /// Whether a file could not be replaced or removed because something is mounted on its name.
  var isMountPoint: Bool { code == EBUSY || code == EXDEV }

  /// Why a file could not be removed, for a sentence that has its name in front.
  var removalProblem: String {
    isMountPoint
      ? "is a mount point of its own (\(reason))" : "cannot be removed (\(reason))"
  }

  /// What is at a path in place of a regular file, for a sentence that ends with it; `nil` for an
  /// error of another kind.
  var foundInstead: String? {
    switch code {
    case EISDIR: "a folder"
    case EINVAL, ENXIO: "not a regular file"
    case ELOOP: "a symbolic link that leads nowhere"
    case EFBIG: "too large"
    default: nil
    }
  }
}
