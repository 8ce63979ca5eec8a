import Testing

@testable import EntraSync

@Suite struct LineSetTests {
  static func set(_ lines: [String]) -> LineSet {
    var set = LineSet()
    for line in lines { set.insert(line.utf8) }
    set.order()
    return set
  }

  static func text(_ set: LineSet) -> String { String(decoding: set.fileContent, as: UTF8.self) }

  @Test(
    "A list has its lines sorted by their bytes, each once",
    arguments: [
      ([], ""), (["b", "a"], "a\nb\n"), (["a", "b", "a", "a"], "a\nb\n"),
      (["ab", "a", "abc", "a b", "a-b"], "a\na b\na-b\nab\nabc\n"),
      (["é", "z", "e", "Z"], "Z\ne\nz\né\n"),
      (["\u{FF21}", "\u{1F642}", "\u{E000}"], "\u{E000}\n\u{FF21}\n\u{1F642}\n"),
    ])
  func sorts(lines: [String], content: String) {
    #expect(Array(Self.set(lines).fileContent) == Array(content.utf8))
  }

  @Test("Texts with different bytes that Unicode calls equal are two lines")
  func comparesBytes() {
    let set = Self.set(["e\u{301}@x.fi", "\u{E9}@x.fi"])
    #expect(set.count == 2)
    #expect(
      set.difference(from: Self.set(["\u{E9}@x.fi"])).change
        == ListChange(before: 1, after: 2, added: 1, removed: 0))
  }

  @Test("All lines of a new list come, and all lines of one that gets empty go")
  func knowsNewLists() {
    let (none, lines) = (LineSet(), Self.set(["a", "b"]))
    let coming = lines.difference(from: none)
    #expect(coming.change == ListChange(before: 0, after: 2, added: 2, removed: 0))
    #expect(Self.text(coming.added) == "a\nb\n")
    #expect(coming.removed.count == 0)
    let going = none.difference(from: lines)
    #expect(going.change == ListChange(before: 2, after: 0, added: 0, removed: 2))
    #expect(Self.text(going.removed) == "a\nb\n")
  }

  @Test("A list does not depend on the order in which its lines arrive")
  func isDeterministic() {
    var random = SplitMix(seed: 3)
    let lines = (0..<500).map { _ in "u\(UInt16.random(in: 0...400, using: &random))@exämple.com" }
    let content = Self.set(lines).fileContent
    for _ in 0..<5 { #expect(Self.set(lines.shuffled(using: &random)).fileContent == content) }
    let sorted = Set(lines).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(content == Array(sorted.map { $0 + "\n" }.joined().utf8))
  }

  @Test(
    "A list file is read in any order, with or without a last line break",
    arguments: [
      ("", 0), ("\n", 0), ("\n\n\n", 0), ("a", 1), ("a\n", 1), ("b\na\n", 2), ("a\n\nb\n\n", 2),
      ("a\na\n", 1), ("\na", 1), ("a\r\na\n", 1), ("a\r\nb\r\n", 2), ("\r\n", 0), (" \n", 1),
    ])
  func readsFile(content: String, count: Int) {
    #expect(LineSet(fileContent: Array(content.utf8)).count == count)
  }

  @Test("A list file in order is read as its lines are, and lines can be added to it")
  func readsAnyFile() {
    var random = SplitMix(seed: 4)
    var ordered = 0
    for _ in 0..<2_000 {
      let pieces = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        ["a", "ab", "b", "c", "d", "\r", ""].randomElement(using: &random) ?? ""
      }
      let isSorted = Int.random(in: 0...2, using: &random) > 0
      let lines = isSorted ? pieces.sorted() : pieces
      let ends = ["\n", "\n", "\n", "\r\n", "\n\n"]
      var content = lines.map { $0 + (ends.randomElement(using: &random) ?? "") }.joined()
      if Int.random(in: 0...4, using: &random) == 0 { content = String(content.dropLast()) }
      let bytes = Array(content.utf8)
      let file = LineSet(fileContent: bytes)
      let kept = bytes.split(separator: UInt8(ascii: "\n"))
        .map { Array($0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0) }
        .filter { !$0.isEmpty }
      if file.fileContent == bytes, file.count > 1 { ordered += 1 }
      for added in [nil, "a", "bb", "z"] {
        var (one, other) = (file, LineSet())
        for line in kept { other.insert(line) }
        if let added {
          one.insert(added.utf8)
          other.insert(added.utf8)
        }
        one.order()
        other.order()
        #expect(one.fileContent == other.fileContent, "\(content.debugDescription)")
        #expect(one.count == other.count)
      }
    }
    #expect(ordered > 30)
  }

  @Test("A list file that is read and written again stays the same")
  func roundTrips() {
    let content = Array("* a@b.fi <reg> - 0\n* å@b.fi <reg> - 0\n".utf8)
    #expect(LineSet(fileContent: content).fileContent == content)
    #expect(
      LineSet(fileContent: [0xFF, 0x0A, 0x00, 0x0A]).fileContent == [0x00, 0x0A, 0xFF, 0x0A])
    #expect(LineSet().fileContent.isEmpty)
  }

  @Test(
    "A change of a list is counted in lines added and removed",
    arguments: [
      ([], [], 0, 0), (["a"], [], 0, 1), ([], ["a"], 1, 0), (["a"], ["a"], 0, 0),
      (["a", "b", "c"], ["b", "c", "d"], 1, 1), (["a", "b"], ["c", "d"], 2, 2),
      (["m"], ["a", "m", "z"], 2, 0), (["a", "m", "z"], ["m"], 0, 2), (["a"], ["a", "a"], 0, 0),
    ])
  func counts(old: [String], new: [String], added: Int, removed: Int) {
    let change = Self.set(new).difference(from: Self.set(old)).change
    #expect(
      change
        == ListChange(before: Set(old).count, after: Set(new).count, added: added, removed: removed)
    )
  }

  @Test("The count of changed lines agrees with sets of strings")
  func countsLikeSets() {
    var random = SplitMix(seed: 4)
    for _ in 0..<200 {
      let (old, new) = (Self.random(&random), Self.random(&random))
      let change = Self.set(new).difference(from: Self.set(old)).change
      #expect(change.added == Set(new).subtracting(old).count)
      #expect(change.removed == Set(old).subtracting(new).count)
    }
  }

  private static func random(_ random: inout SplitMix) -> [String] {
    (0..<Int.random(in: 0...12, using: &random)).map { _ in
      "\(Int.random(in: 0...15, using: &random))"
    }
  }

  @Test("Merging lists keeps each line once")
  func merges() {
    var set = Self.set(["b", "d"])
    for line in ["a", "b", "c"] { set.insert(line.utf8) }
    set.order()
    #expect(Self.text(set) == "a\nb\nc\nd\n")
    set.order()
    #expect(set.count == 4)
  }

  @Test("Lines added after sorting are sorted in again")
  func sortsAgain() {
    var set = Self.set(["b", "c"])
    set.insert("a".utf8)
    set.order()
    #expect(Self.text(set) == "a\nb\nc\n")
  }
}
