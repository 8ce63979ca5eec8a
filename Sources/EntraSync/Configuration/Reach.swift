/// Which files a configuration may name.
///
/// A run has its user's rights, often root's. A configuration may therefore do no more with them
/// than whoever can write it: they name only files of theirs, or files below the configuration's
/// folder, which whoever has put them there has left to the configuration.
public struct Reach: Sendable, Equatable {
  /// A folder, whatever its path is.
  public struct Folder: Sendable, Equatable {
    private let device: UInt64
    private let inode: UInt64

    /// Creates what two folders are compared by.
    ///
    /// - Parameters:
    ///   - device: The device that it is on.
    ///   - inode: Its number there.
    public init(device: UInt64, inode: UInt64) {
      self.device = device
      self.inode = inode
    }
  }

  /// Any file: of a configuration that nobody but root and this user can write.
  public static let anywhere = Reach(of: .nobodyElse, home: nil)

  /// Who can write the configuration.
  public let writers: Writers
  /// The folder that the configuration is in; `nil` if others keep files there too.
  public let home: Folder?
  /// The folders above the configuration, from its own up to the root.
  public let above: [Folder]

  /// Creates the reach of a configuration.
  ///
  /// - Parameters:
  ///   - writers: Who can write it.
  ///   - home: The folder that it is in; `nil` if others keep files there too.
  ///   - above: The folders above it, from its own up to the root.
  public init(of writers: Writers, home: Folder?, above: [Folder] = []) {
    self.writers = writers
    self.home = home
    self.above = above
  }

  /// Whether it may name any file.
  public var isUnlimited: Bool { writers == .nobodyElse }

  /// Whether it may name a user's file wherever that is.
  ///
  /// - Parameter owner: The file's owner.
  /// - Returns: `false` if it depends on where the file is.
  public func includes(filesOf owner: UInt32) -> Bool {
    switch writers {
    case .nobodyElse: true
    case .user(let user): user == owner
    case .several, .everybody: false
    }
  }

  /// Why a file cannot be used, for a message that has the file's key in front.
  public var refusal: String {
    var files: [String] = []
    if case .user = writers { files.append("files of that user") }
    if home != nil { files.append("files below its own folder") }
    let bounds =
      files.isEmpty
      ? "no file, since others keep files in its folder"
      : "only \(files.joined(separator: " and "))"
    return
      "\(subject) can change or replace this configuration, which may therefore name \(bounds); "
      + "let nobody but root write it and its folders, or keep it and the file in a folder of their "
      + "own"
  }

  /// Why a file with a hard link cannot be used, for a message that has the file's key in front.
  public var hardLinkRefusal: String {
    "it has a hard link, and \(subject) can change or replace this configuration; name a file "
      + "without one"
  }

  /// Why a managed identity of this machine cannot be used, for a message that has its key in
  /// front; `nil` if it can be. The identity is the machine's, and not that of whoever writes a
  /// configuration.
  public var identityRefusal: String? {
    isUnlimited
      ? nil
      : "\(subject) can change or replace this configuration, and would have the powers of this "
        + "machine's managed identity by it; let nobody but root write it and its folders"
  }

  private var subject: String {
    switch writers {
    case .user(let user): "user id \(user)"
    case .nobodyElse, .several, .everybody: "other users"
    }
  }
}
