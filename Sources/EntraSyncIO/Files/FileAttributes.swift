import Glibc

/// Who owns a file, who may do what with it, and how it is labelled: what a new file takes over from
/// the one in whose place it is put.
struct FileAttributes {
  /// The extended attribute that holds a file's access list.
  private static let accessList = "system.posix_acl_access"
  /// Extended attributes that are about a file's bytes, and would be wrong for others.
  private static let seals = ["security.ima", "security.evm"]

  private let status: stat
  private let extended: [(name: Path, value: [UInt8])]

  /// Reads what an open file has.
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

  /// Gives them to a new file.
  ///
  /// Labels that this process may not set are left to the system; an owner or an access list that
  /// cannot be kept is an error, since somebody else could read the list then, or the gateway not.
  ///
  /// - Parameters:
  ///   - descriptor: The new file, open.
  ///   - system: The calls to use.
  /// - Throws: An ``Errno``.
  func apply(to descriptor: borrowing Descriptor, system: SystemCalls) throws(Errno) {
    let now = try system.status(descriptor)
    if now.st_uid != status.st_uid || now.st_gid != status.st_gid {
      try system.changeOwner(descriptor, user: status.st_uid, group: status.st_gid)
    }
    let accessList = Path(FileAttributes.accessList)
    if !extended.contains(where: { $0.name.text == FileAttributes.accessList }),
      try system.attributeNames(descriptor).contains(where: { $0.text == accessList.text })
    {
      // The folder's default, which the old file did not have.
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
    try system.changeMode(descriptor, status.st_mode & 0o7777)
  }

  private static func isForbidden(_ error: Errno) -> Bool {
    [EPERM, EACCES, ENOTSUP, ENODATA].contains(error.code)
  }
}
