import EntraSync
import Glibc

extension ConfigurationFile {
  /// Decides which files a configuration may name: as many as whoever can write it.
  ///
  /// - Parameters:
  ///   - path: The configuration's file.
  ///   - status: What the system knows about the file that was opened.
  ///   - warnings: Gets what a person should correct.
  ///   - system: The calls to use.
  /// - Throws: `.configuration` for root, if every user of the system can write it.
  /// - Returns: Which files it may name.
  static func reach(
    of path: Path, opened status: stat, warnings: inout [String], system: SystemCalls
  ) throws(EntraSyncError) -> Reach {
    var standings = [Standing(.file, at: path.text, status)]
    let way = Way(to: path, reaching: status, system: system)
    standings += way?.standings ?? []
    let root = way?.administrator ?? 0
    var writers = Writers.nobodyElse
    var culprit: Standing?
    for standing in standings {
      let some = standing.writers(user: system.user, administrator: root)
      if some == .everybody, culprit == nil { culprit = standing }
      writers = writers.joined(by: some)
    }
    // It was replaced while it was opened, or has no name any more. Nothing shows then who could
    // write to it when it had one, and may still have it open.
    if way == nil { writers = writers.joined(by: .several) }
    let reach = Reach(of: writers, home: way?.home, above: way?.above ?? [])
    guard let culprit else { return reach }
    // Root would lend its rights to every user. Another user lends only his own, and may be on a
    // file system without modes, where all files look like this.
    guard system.user != 0 else {
      throw EntraSyncError(.configuration, "it is not used, since \(openness(of: culprit))")
        .about(path.text)
    }
    warnings.append(openness(of: culprit))
    return reach
  }

  /// Why every user of the system can write a configuration, and what to do.
  private static func openness(of culprit: Standing) -> String {
    culprit.kind == .file
      ? "every user of this system can change it; chmod o-w \(culprit.path.shellWord)"
      : "every user of this system can replace it, since they can write to its folder "
        + "\(culprit.path.singleLine); chmod o-w \(culprit.path.shellWord)"
  }
}

/// The way to a configuration's file, after all symbolic links.
private struct Way {
  /// The folders and the symbolic links on it.
  let standings: [Standing]
  /// The owner of the root folder.
  let administrator: uid_t
  /// The folder at its end; `nil` if others keep files there too.
  let home: Reach.Folder?
  /// The folders from its end up to the root.
  let above: [Reach.Folder]

  /// Finds the way; `nil` if it does not lead to the file that was opened.
  init?(to path: Path, reaching status: stat, system: SystemCalls) {
    guard let location = try? FileLocation(tracing: path, system: system),
      location.obstacle == nil,
      let found = try? system.status(of: location.name, in: location.folder),
      found.st_dev == status.st_dev, found.st_ino == status.st_ino,
      let folder = try? system.status(location.folder),
      let root = try? system.open(Path("/"), Reach.Folder.flags),
      let top = try? system.status(root),
      let above = try? Reach.Folder.all(from: location.folder, system: system)
    else { return nil }
    standings = location.way
    self.above = above
    administrator = top.st_uid
    // A folder at the top, such as /etc, is not the configuration's, and neither is /tmp.
    let isSystems =
      above.count <= 2 && above.last == Reach.Folder(top)
      && [0, administrator].contains(folder.st_uid)
    home = isSystems || folder.st_mode & 0o002 != 0 ? nil : Reach.Folder(folder)
  }
}

extension Standing {
  /// A standing, as the system tells of it.
  init(_ kind: Kind, at path: String, _ status: stat) {
    self.init(kind, at: path, owner: status.st_uid, mode: status.st_mode & 0o7777)
  }
}
