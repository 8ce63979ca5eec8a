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
  /// Its permissions, with the sticky bit.
  public var mode: UInt32

  /// Creates a standing.
  ///
  /// - Parameters:
  ///   - kind: What it is.
  ///   - path: Its path, for messages.
  ///   - owner: Its owner.
  ///   - mode: Its permissions, with the sticky bit.
  public init(_ kind: Kind, at path: String, owner: UInt32, mode: UInt32) {
    self.kind = kind
    self.path = path
    self.owner = owner
    self.mode = mode
  }

  /// Who can write it, or put another in its place.
  ///
  /// A group that may write counts as several users, whichever it is. Its number does not show who
  /// is in it: others join a user's private group, and containers run services in root's. An access
  /// list (`setfacl`) counts like that too, since the group's permissions are the most that it
  /// grants to anybody whom it names.
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
    return mode & 0o020 != 0 ? .several : writers
  }
}
