import Testing

@testable import EntraSync

@Suite struct RepeatedKeysTests {
  /// The first repeated key of a document that is given as steps.
  static func find(in steps: [JSONStep]) throws -> String? {
    let finder = Finder()
    for step in steps where finder.found == nil { try step.send(to: finder) }
    return finder.found
  }

  private final class Finder: JSONReceiver {
    private var keys = RepeatedKeys()
    private(set) var found: String?

    func receive(_ event: JSONEvent) throws(EntraSyncError) { found = keys.find(in: event) }
  }

  static func object(_ keys: [String]) -> [JSONStep] {
    [.beginObject] + keys.flatMap { [.key($0), .null] } + [.endObject]
  }

  @Test(
    "A repeated key is found among any number of keys, wherever the two stand",
    arguments: [2, 15, 16, 17, 18, 40], [0, 1, 14, 15, 16, 17, 39])
  func findsAmongMany(count: Int, first: Int) throws {
    let keys = (0..<count).map { "key\($0)" }
    #expect(try Self.find(in: Self.object(keys)) == nil)
    guard first < count else { return }
    let repeated = Self.object(keys + [keys[first]])
    #expect(try Self.find(in: repeated) == "\"key\(first)\"")
  }

  @Test(
    "A key that is a part of another key, or spans two keys, is a different key",
    arguments: [["ab", "a", "b"], ["a", "ab", "", "b"], ["ab", "cd", "bc"], ["a", "A"]])
  func comparesWholeKeys(keys: [String]) throws {
    #expect(try Self.find(in: Self.object(keys)) == nil)
  }

  @Test("Keys that Unicode calls equal are the same key")
  func findsEquivalentKeys() throws {
    #expect(try Self.find(in: Self.object(["\u{E9}", "x", "e\u{301}"])) != nil)
    #expect(try Self.find(in: Self.object(["\u{E9}", "x", "e"])) == nil)
  }

  @Test("Keys are compared within one object only, even if it follows or contains another")
  func separatesObjects() throws {
    let inner = Self.object(["a", "b"])
    let document: [JSONStep] =
      [.beginObject, .key("a")] + inner + [.key("b"), .beginArray] + inner + inner
      + [.endArray, .key("c")] + inner + [.endObject]
    #expect(try Self.find(in: document) == nil)
    #expect(try Self.find(in: document.dropLast() + [.key("b"), .null, .endObject]) == "\"b\"")
  }

  @Test(
    "An object may have the same keys as the one before it, however many and whatever they are",
    arguments: [(0..<40).map { "key\($0)" }, ["\u{E9}", "\u{FC}"]])
  func forgetsKeys(keys: [String]) throws {
    let object = Self.object(keys)
    #expect(try Self.find(in: [.beginArray] + object + object + [.endArray]) == nil)
  }
}
