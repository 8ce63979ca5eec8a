import EntraSync
import Testing

@testable import EntraSyncIO

/// What no strict parser takes, by hand and by chance. Foundation's parser is the second opinion.
@Suite("The JSON parser, shown bad documents,")
struct BadDocumentTests {
  /// Documents that RFC 8259 does not allow, by what is wrong with them.
  static let bad: [(what: String, texts: [String])] = [
    ("nothing", ["", " ", "\n\t", "\u{FEFF}", "\u{FEFF}\u{FEFF}1"]),
    (
      "no end",
      [
        "{", "[", "[1", "[1,", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "\"", "\"a", "\"\\",
        "\"\\\"", "[\"a", "{\"a", "[[[[", "[{}", "tru", "fals", "nul", "-", "1.", "1e", "1e+",
      ]
    ),
    (
      "something after the end",
      ["{}x", "{} {}", "[]]", "{}}", "1 2", "null,", "[] ,", "\"a\"\"b\"", "{}\u{0}", "[]\u{FEFF}"]
    ),
    (
      "a comma or colon in the wrong place",
      [
        "[1,]", "[,1]", "[,]", "[1,,2]", "[1 2]", "{\"a\":1,}", "{,\"a\":1}", "{\"a\":1,,\"b\":2}",
        "{\"a\" 1}", "{\"a\"::1}", "{\"a\",\"b\"}", "[\"a\":1]", "{1:2}", "{null:1}", "{\"a\":}",
        "{:1}", "{[]:1}", "{a:1}", "{'a':1}", "{\"a\":1 \"b\":2}", ",", ":",
      ]
    ),
    ("brackets that do not match", ["[}", "{]", "[1}", "{\"a\":1]", "]", "}", "[[]", "{\"a\":{}"]),
    (
      "words that are none",
      [
        "True", "NULL", "nulll", "truee", "nan", "NaN", "Infinity", "-Infinity", "undefined",
        "[nul]",
        "[tru,1]", "t", "f", "n",
      ]
    ),
    (
      "numbers that are none",
      [
        "01", "-01", "+1", ".5", "-.5", "1.e3", "0x10", "1_000", "--1", "1e5.5", "1.2.3", "00", "-",
        "1a", "0e", "[-]", "[1.]", "[2.e3]", "1e999", "123456789012345678901234567890",
      ]
    ),
    (
      "escapes that are none",
      [
        #""\x41""#, #""\a""#, #""\u""#, #""\u00""#, #""\u00g0""#, #""\U0041""#, #""\'""#, #""\0""#,
        #""\ ""#, #""\u-001""#, #""\u 041""#,
      ]
    ),
    (
      "control characters in a string",
      ["\"\u{0}\"", "\"\n\"", "\"\t\"", "\"\u{1F}\"", "{\"a\n\":1}", "[\"\r\"]"]
    ),
    (
      "white space that is none",
      ["\u{C}1", "[\u{B}]", "\u{A0}1", "[1\u{2028}]", "\u{0}1", "[1,\u{200B}2]", "[\u{FEFF}1]"]
    ),
    ("comments", ["/**/1", "1//", "[1/**/]", "#1", "{\"a\":1/*\"b\":2*/}"]),
    ("another language", ["<html>", "'a'", "(1)", "a=b", "[1;2]", "{\"a\"=1}", "---\n- a"]),
  ]

  @Test("refuses each", arguments: bad.map(\.what))
  func refuses(what: String) throws {
    let texts = try #require(Self.bad.first { $0.what == what }?.texts)
    for text in texts {
      let error = #expect(throws: EntraSyncError.self, "\(text.debugDescription)") {
        try JSONParserTests.parse(text)
      }
      #expect(error?.status == .server)
    }
  }

  /// Bytes that are not UTF-8: cut, overlong, halves of characters, beyond the last character, and
  /// bytes that begin nothing.
  static let badBytes: [[UInt8]] = [
    [0xC3], [0xC3, 0x28], [0x80], [0xBF], [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xF0, 0x9F, 0x98],
    [0xF0, 0x28, 0x8C, 0xBC], [0xC0, 0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0x80],
    [0xE0, 0x9F, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xED, 0xA0, 0x80],
    [0xED, 0xBF, 0xBF], [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80], [0xF4, 0x90, 0x80, 0x80],
    [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF],
    [0xEF, 0xBB, 0xBF, 0xFF],
  ]

  @Test("refuses bytes that are not UTF-8, in a value, in a name, and outside of a string")
  func refusesInvalidText() {
    for bytes in Self.badBytes {
      for length in [0, 61, 62, 63, 64, 1000] {
        let before = [UInt8](repeating: 0x61, count: length)
        let value = [0x22] + before + bytes + [0x22]
        for text in [value, [0x5B] + value + [0x5D], [0x7B] + value + [0x3A, 0x31, 0x7D]] {
          #expect(throws: EntraSyncError.self, "\(bytes)") { try JSONParserTests.parse(text) }
        }
      }
      #expect(throws: EntraSyncError.self, "\(bytes)") { try JSONParserTests.parse([0x5B] + bytes) }
    }
  }

  /// A page as Graph writes one.
  static let page = Array(
    ##"""
    {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#directoryObjects(id,mail)",
    "@odata.nextLink":"https://graph.microsoft.com/v1.0/groups/1/members?$skiptoken=RFNwd",
    "value":[{"@odata.type":"#microsoft.graph.user","id":"00000000-0000-4000-8000-000000000001",
    "mail":"\u00e5sa@example.com","businessPhones":["+358 9 1",null],"accountEnabled":true,
    "n":-12.5e-1,"o":{"\ud83d\ude42":[[],{}]}},{"id":"2","mail":null}]}
    """##.utf8)

  @Test("refuses a page that is cut at any of its bytes")
  func refusesCuts() throws {
    _ = try JSONParserTests.parse(Self.page)
    for count in 0..<Self.page.count {
      #expect(throws: EntraSyncError.self) {
        try JSONParserTests.parse(Array(Self.page.prefix(count)))
      }
    }
  }

  @Test(
    "takes no mutation of a page that Foundation refuses, and reads the others alike",
    arguments: [1, 2, 3, 4] as [UInt64])
  func agreesOnMutations(seed: UInt64) {
    var random = Mutations(seed: seed)
    var taken = 0
    for _ in 0..<2_500 {
      let bytes = random.mutate(Self.page)
      guard let value = try? JSONParserTests.parse(bytes) else { continue }
      taken += 1
      let text = String(decoding: bytes, as: UTF8.self)
      let second = SecondOpinion.of(bytes)
      #expect(second != nil, "\(text)")
      #expect(SecondOpinion.agrees(second, with: value), "\(text)")
    }
    #expect(taken > 50)
  }

  @Test(
    "reads numbers that binary fractions cannot hold, as Foundation does",
    arguments: ["0.1234567890123456789012345678901", "[1.10000000000000000000001e-3]", "1e-400"])
  func agreesOnFractions(text: String) throws {
    let value = try JSONParserTests.parse(Array(text.utf8))
    #expect(SecondOpinion.agrees(SecondOpinion.of(Array(text.utf8)), with: value))
  }

  @Test("finds each difference from the second opinion")
  func findsDifferences() throws {
    let texts = [
      "null", "true", "1", "\"1\"", "[]", "[1]", "[[]]", "{}", "{\"a\":1}", "{\"b\":1}",
      "{\"a\":null}", "\"a\"", "\"\u{E9}\"", "\"e\u{301}\"",
    ]
    for (index, text) in texts.enumerated() {
      let value = try JSONParserTests.parse(Array(text.utf8))
      for (place, other) in texts.enumerated() where Set([text, other]) != ["true", "1"] {
        let isSame = SecondOpinion.agrees(SecondOpinion.of(Array(other.utf8)), with: value)
        #expect(isSame == (index == place), "\(text) \(other)")
      }
    }
  }
}

/// Random changes of a document. The same seed always makes the same ones.
private struct Mutations: RandomNumberGenerator {
  /// Bytes that mean something in JSON.
  private static let syntax = Array("{}[],:\"\\u0dDe9 -+.tfn\n\u{0}".utf8)

  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  /// Changes one to three places: a bit, a byte, a piece that goes, or one that comes twice.
  mutating func mutate(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    for _ in 0..<Int.random(in: 1...3, using: &self) {
      let place = Int.random(in: 0..<bytes.count, using: &self)
      let piece = place..<min(bytes.count, place + Int.random(in: 1...9, using: &self))
      switch Int.random(in: 0..<5, using: &self) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &self)
      case 1: bytes[place] = Mutations.syntax.randomElement(using: &self) ?? 0
      case 2: bytes.removeSubrange(piece)
      case 3: bytes.insert(contentsOf: Array(bytes[piece]), at: place)
      default: bytes[place] = UInt8.random(in: 0...255, using: &self)
      }
    }
    return bytes
  }
}
