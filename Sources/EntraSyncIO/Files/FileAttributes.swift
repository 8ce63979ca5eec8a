import Glibc

/// A file's owner, permissions and extended attributes, which a new file takes over from the file
/// that it replaces.
struct FileAttributes {
  /// The extended attribute that holds a file's access list.
  private static let accessList = "system.posix_acl_access"
  /// Extended attributes that sign a file's bytes, and would be wrong for other bytes.
  private static let seals = ["security.ima", "security.evm"]

  private let status: stat
  private let extended: [(name: Path, value: [UInt8])]

  /// Reads the attributes of an open file.
  init(of descriptor: borrowing Descriptor, system: SystemCalls) throws(Errno) {
    status = try system.status(descriptor)
    var extended: [(name: Path, value: [UInt8])] = []
    for name in try system.attributeNames(descriptor)
    where !FileAttributes.seals.contains(name.text) {
      do {
        extended.append((name, try system.attribute(name, of: descriptor)))
      } catch {
        guard FileAttributes.isForbidden(error), name.text != FileAttributes.accessList else {
          throw error
        }
      }
    }
    self.extended = extended
  }

  /// Whether a file is the one whose attributes these are, and nobody has written to it since.
  ///
  /// - Parameter now: What the system knows about it.
  /// - Returns: `false` for another file, or other content.
  func isUnchanged(_ now: stat) -> Bool {
    now.st_dev == status.st_dev && now.st_ino == status.st_ino && now.st_size == status.st_size
      && now.st_mtim.tv_sec == status.st_mtim.tv_sec
      && now.st_mtim.tv_nsec == status.st_mtim.tv_nsec
  }

  /// Gives the attributes to a new file.
  ///
  /// Labels that this process may not set are left to the system. If the owner or the access list
  /// cannot be kept, that is an error, since the wrong users could then read the list, or the
  /// gateway could not.
  ///
  /// - Parameters:
  ///   - descriptor: The new file, open.
  ///   - keepsOwner: Whether it gets the owner too. If not, its owner alone may write it, and the
  ///     others who may read the old file may read it.
  ///   - system: The calls to use.
  /// - Throws: An ``Errno``.
  func apply(
    to descriptor: borrowing Descriptor, keepsOwner: Bool, system: SystemCalls
  ) throws(Errno) {
    let now = try system.status(descriptor)
    var mode = keepsOwner ? status.st_mode & 0o7777 : status.st_mode & 0o644 | 0o600
    let owner = keepsOwner ? status.st_uid : now.st_uid
    if now.st_uid != owner || now.st_gid != status.st_gid {
      do {
        try system.changeOwner(descriptor, user: owner, group: status.st_gid)
      } catch {
        guard !keepsOwner, error.code == EPERM else { throw error }
        // The group's rights would be another group's.
        mode = 0o600
      }
    }
    let accessList = Path(FileAttributes.accessList)
    if !extended.contains(where: { $0.name.text == FileAttributes.accessList }),
      try system.attributeNames(descriptor).contains(where: { $0.text == accessList.text })
    {
      // It is the folder's default, which the old file did not have.
      try system.removeAttribute(accessList, of: descriptor)
    }
    for (name, value) in extended {
      do {
        try system.setAttribute(name, of: descriptor, to: value)
      } catch {
        guard FileAttributes.isForbidden(error), name.text != FileAttributes.accessList else {
          throw error
        }
      }
    }
    // Last, since an access list changes the group's permissions and a new owner the set-id bits.
    try system.changeMode(descriptor, mode)
  }

  private static func isForbidden(_ error: Errno) -> Bool {
    [EPERM, EACCES, ENOTSUP, ENODATA].contains(error.code)
  }
}
