import Testing

@testable import EntraSync

@Suite("Who can write a configuration")
struct WritersTests {
  @Test(
    "Who can write a file follows from its owner and its mode",
    arguments: [
      (0, 0o600, .nobodyElse), (1000, 0o644, .nobodyElse), (0, 0o640, .nobodyElse),
      (1001, 0o600, .user(1001)), (1001, 0o400, .user(1001)), (1001, 0o644, .user(1001)),
      // Nothing shows who is in a group. An access list shows as the group's permissions.
      (0, 0o660, .several), (1000, 0o664, .several), (1001, 0o660, .several),
      (0, 0o602, .everybody), (1001, 0o666, .everybody), (65_534, 0o600, .several),
    ] as [(UInt32, UInt32, Writers)])
  func judgesFile(owner: UInt32, mode: UInt32, writers: Writers) {
    let file = Standing(.file, at: "/a", owner: owner, mode: mode)
    #expect(file.writers(user: 1000) == writers)
  }

  @Test(
    "Who can replace what a folder holds follows from its owner, its mode and the sticky bit",
    arguments: [
      (0, 0o755, .nobodyElse), (0, 0o777, .everybody), (0, 0o1777, .nobodyElse),
      (0, 0o775, .several), (0, 0o1775, .nobodyElse), (1001, 0o1777, .user(1001)),
      (1001, 0o700, .user(1001)),
      // The owner of the root folder, in a namespace without root.
      (65_534, 0o755, .nobodyElse),
    ] as [(UInt32, UInt32, Writers)])
  func judgesFolder(owner: UInt32, mode: UInt32, writers: Writers) {
    let folder = Standing(.folder, at: "/a", owner: owner, mode: mode)
    #expect(folder.writers(user: 1000, administrator: 65_534) == writers)
  }

  @Test("Who can write a symbolic link is its owner, whatever its mode says")
  func judgesLink() {
    for owner: UInt32 in [0, 1001] {
      let link = Standing(.link, at: "/a", owner: owner, mode: 0o777)
      #expect(link.writers(user: 0) == (owner == 0 ? .nobodyElse : .user(1001)))
    }
  }

  @Test(
    "Who can write a file or its folder is whoever can write either",
    arguments: [
      (.nobodyElse, .nobodyElse, .nobodyElse), (.nobodyElse, .user(7), .user(7)),
      (.user(7), .user(7), .user(7)), (.user(7), .user(8), .several),
      (.user(7), .several, .several), (.several, .everybody, .everybody),
      (.everybody, .nobodyElse, .everybody),
    ] as [(Writers, Writers, Writers)])
  func joins(one: Writers, other: Writers, both: Writers) {
    #expect(one.joined(by: other) == both)
    #expect(other.joined(by: one) == both)
  }

  private static let home = Reach.Folder(device: 1, inode: 2)

  @Test(
    "What a configuration may name is said with its writers",
    arguments: [
      (.user(7), true, "user id 7", "only files of that user and files below its own folder"),
      (.user(7), false, "user id 7", "only files of that user"),
      (.several, true, "other users", "only files below its own folder"),
      (.everybody, false, "other users", "no file, since others keep files in its folder"),
    ] as [(Writers, Bool, String, String)])
  func explains(writers: Writers, hasHome: Bool, who: String, what: String) {
    let reach = Reach(of: writers, home: hasHome ? Self.home : nil)
    #expect(
      reach.refusal
        == "\(who) can change or replace this configuration, which may therefore name \(what); let "
        + "nobody but root write it and its folders, or keep it and the file in a folder of their own"
    )
    #expect(reach.includes(filesOf: 7) == (writers == .user(7)))
    #expect(!reach.includes(filesOf: 0) && !reach.isUnlimited)
  }
}
