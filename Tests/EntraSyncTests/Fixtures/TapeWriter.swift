@testable import EntraSync

/// Writes the tape that simdjson makes of a document, from the document's steps.
struct TapeWriter {
  private var words: [UInt64] = [0]
  private var strings: [UInt8] = []
  private var open: [Int] = []

  /// Lends the tape of a document.
  static func withTape<Result>(
    of steps: [JSONStep], _ body: (JSONTape) throws -> Result
  ) rethrows -> Result {
    var writer = TapeWriter()
    for step in steps { writer.write(step) }
    writer.words.append(word("r", 0))
    writer.words[0] = word("r", writer.words.count)
    // A string of nothing at the end, so that there is something to point at.
    return try (writer.strings + [0]).withUnsafeBufferPointer { strings in
      try writer.words.withUnsafeBufferPointer { words in
        guard let words = words.baseAddress, let strings = strings.baseAddress else {
          preconditionFailure("both have something in them")
        }
        return try body(JSONTape(words: words, strings: strings))
      }
    }
  }

  private static func word(_ kind: Unicode.Scalar, _ payload: Int) -> UInt64 {
    UInt64(kind.value) << 56 | UInt64(payload)
  }

  private mutating func write(_ step: JSONStep) {
    switch step {
    case .null: words.append(TapeWriter.word("n", 0))
    case .bool(let value): words.append(TapeWriter.word(value ? "t" : "f", 0))
    case .number(let text):
      if let number = Int64(text) {
        words += [TapeWriter.word("l", 0), UInt64(bitPattern: number)]
      } else {
        words += [TapeWriter.word("d", 0), (Double(text) ?? 0).bitPattern]
      }
    case .string(let text), .key(let text):
      words.append(TapeWriter.word("\"", strings.count))
      withUnsafeBytes(of: UInt32(text.utf8.count)) { strings += $0 }
      strings += text.utf8 + [0]
    case .beginObject, .beginArray:
      open.append(words.count)
      words.append(0)
    case .endObject: close("{", "}")
    case .endArray: close("[", "]")
    }
  }

  private mutating func close(_ opening: Unicode.Scalar, _ closing: Unicode.Scalar) {
    let start = open.removeLast()
    words.append(TapeWriter.word(closing, start))
    // simdjson also writes how many elements there are, into the upper bits.
    words[start] = TapeWriter.word(opening, words.count | 5 << 32)
  }
}
