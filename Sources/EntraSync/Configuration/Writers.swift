/// Who can write a configuration, other than root and the user who runs this.
public enum Writers: Sendable, Equatable {
  /// Nobody else.
  case nobodyElse
  /// One other user.
  case user(UInt32)
  /// A group, or several other users.
  case several
  /// Every user of the system.
  case everybody

  /// The writers of something that both of them can write.
  ///
  /// - Parameter other: Who else can write it.
  /// - Returns: All of them.
  public func joined(by other: Writers) -> Writers {
    switch (self, other) {
    case (.everybody, _), (_, .everybody): .everybody
    case (.nobodyElse, let one), (let one, .nobodyElse): one
    case (.user(let one), .user(let two)) where one == two: .user(one)
    case (.user, .user), (.several, _), (_, .several): .several
    }
  }
}

/// What the system knows of a configuration's file, or of a folder or a symbolic link on its way.
public struct Standing: Sendable {
  /// What has the owner and the mode.
  public enum Kind: Sendable {
    /// The configuration itself.
    case file
    /// A folder, in which whoever can write it can put another file in the place of one.
    case folder
    /// A symbolic link, whose owner can make another.
    case link
  }

  /// The user id of somebody whom the system has no number for, as in a user namespace or over NFS.
  private static let overflow: UInt32 = 65_534

  /// What it is.
  public var kind: Kind
  /// Its path, for messages.
  public var path: String
  /// Its owner.
  public var owner: UInt32
  /// Its group.
  public var group: UInt32
  /// Its permissions, with the sticky bit.
  public var mode: UInt32
  /// Whether it has an access list, which may name any user and group.
  public var hasAccessList: Bool

  /// Creates a standing.
  ///
  /// - Parameters:
  ///   - kind: What it is.
  ///   - path: Its path, for messages.
  ///   - owner: Its owner.
  ///   - group: Its group.
  ///   - mode: Its permissions, with the sticky bit.
  ///   - hasAccessList: Whether it has an access list.
  public init(
    _ kind: Kind, at path: String, owner: UInt32, group: UInt32, mode: UInt32,
    hasAccessList: Bool = false
  ) {
    self.kind = kind
    self.path = path
    self.owner = owner
    self.group = group
    self.mode = mode
    self.hasAccessList = hasAccessList
  }

  /// Who can write it, or put another in its place.
  ///
  /// A group counts as its members, unless it is root's or a user's private one, which has the
  /// user's number. If there is an access list, the group's permissions are the most that it grants
  /// to anybody whom it names.
  ///
  /// - Parameters:
  ///   - user: The user who runs this.
  ///   - administrator: The owner of the root folder, who can replace whatever is below it.
  /// - Returns: Nobody else if it can be relied on.
  public func writers(user: UInt32, administrator: UInt32 = 0) -> Writers {
    let isTrusted = owner == 0 || owner == user || (kind == .folder && owner == administrator)
    let writers: Writers =
      isTrusted ? .nobodyElse : owner == Standing.overflow ? .several : .user(owner)
    let isSticky = kind == .folder && mode & 0o1000 != 0
    // What a link may be used for is not decided by its mode.
    guard kind != .link, !isSticky else { return writers }
    if mode & 0o002 != 0 { return .everybody }
    let isPrivate = [0, user, owner].contains(group) && !hasAccessList
    return mode & 0o020 != 0 && !isPrivate ? .several : writers
  }
}
