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
  /// An access list of the file system's own that cannot be read, and why.
  private var unread: UnkeptAccessList?

  /// Reads the attributes of an open file.
  init(of descriptor: borrowing Descriptor, system: SystemCalls) throws(Errno) {
    status = try system.status(descriptor)
    var extended: [(name: Path, value: [UInt8])] = []
    for name in try system.attributeNames(descriptor)
    where !FileAttributes.seals.contains(name.text) {
      do {
        extended.append((name, try system.attribute(name, of: descriptor)))
      } catch {
        guard FileAttributes.mayLack(name, error) else { throw error }
        if UnkeptAccessList.isOne(name) { unread = UnkeptAccessList(name: name, error: error) }
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
  /// gateway could not. An access list of a file system's own, such as that of NFSv4, is another
  /// matter: some servers show one and take none. The mode, which always stays, decides then.
  ///
  /// - Parameters:
  ///   - descriptor: The new file, open.
  ///   - keepsOwner: Whether it gets the owner too. If not, its owner alone may write it, and the
  ///     others who may read the old file may read it.
  ///   - system: The calls to use.
  /// - Throws: An ``Errno``.
  /// - Returns: An access list that the new file does not have, and why; `nil` for none.
  func apply(
    to descriptor: borrowing Descriptor, keepsOwner: Bool, system: SystemCalls
  ) throws(Errno) -> UnkeptAccessList? {
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
    var refused: [(name: Path, value: [UInt8], error: Errno)] = []
    for (name, value) in extended {
      do {
        try system.setAttribute(name, of: descriptor, to: value)
      } catch {
        guard FileAttributes.mayLack(name, error) else { throw error }
        if UnkeptAccessList.isOne(name) { refused.append((name, value, error)) }
      }
    }
    // Last, since an access list changes the group's permissions and a new owner the set-id bits.
    try system.changeMode(descriptor, mode)
    // Where the mode says all, the new file has the same access list by itself.
    for (name, value, error) in refused
    where (try? system.attribute(name, of: descriptor)) != value {
      return UnkeptAccessList(name: name, error: error)
    }
    return unread
  }

  /// Whether a new file may be without an attribute that cannot be read or set.
  private static func mayLack(_ name: Path, _ error: Errno) -> Bool {
    name.text != accessList && [EPERM, EACCES, ENOTSUP, ENODATA, EINVAL].contains(error.code)
  }
}

/// An access list of a file system's own that a new file did not get.
struct UnkeptAccessList {
  /// The extended attribute that holds it.
  let name: Path
  /// Why the new file did not get it.
  let error: Errno

  /// Whether an extended attribute is such an access list: `system.nfs4_acl`, `system.nfs4_dacl`,
  /// `system.richacl`, `system.cifs_acl`, `system.ntfs_acl`. POSIX has others.
  static func isOne(_ name: Path) -> Bool {
    let text = name.text
    return text.hasPrefix("system.") && text.hasSuffix("acl")
  }

  /// What a person should know, for a report.
  var warning: String {
    "the list's access list (\(name.text.singleLine)) could not be kept (\(error.reason)), so that "
      + "its mode alone says who may read it; check that mode, or keep the list on another file system"
  }
}
