import Foundation

/// Takes well-formed JSON text apart into steps, without judging member names.
struct JSONText {
  private var rest: Substring.UnicodeScalarView
  private var steps: [JSONStep] = []

  static func steps(of text: String) -> [JSONStep] {
    var reader = JSONText(rest: text[...].unicodeScalars)
    reader.readValue()
    return reader.steps
  }

  private init(rest: Substring.UnicodeScalarView) {
    self.rest = rest
  }

  private mutating func readValue() {
    skipSpace()
    switch rest.first {
    case "{": readContainer(.beginObject, .endObject, "}")
    case "[": readContainer(.beginArray, .endArray, "]")
    case "\"": steps.append(.string(readString()))
    case "t": readWord("true", .bool(true))
    case "f": readWord("false", .bool(false))
    case "n": readWord("null", .null)
    default:
      let number = rest.prefix { "+-.eE0123456789".unicodeScalars.contains($0) }
      rest = rest.dropFirst(max(1, number.count))
      steps.append(.number(String(number)))
    }
  }

  private mutating func readContainer(
    _ begin: JSONStep, _ end: JSONStep, _ closing: Unicode.Scalar
  ) {
    rest.removeFirst()
    steps.append(begin)
    skipSpace()
    while let next = rest.first, next != closing {
      if begin == .beginObject {
        steps.append(.key(readString()))
        skipSpace()
        rest = rest.dropFirst()
      }
      readValue()
      skipSpace()
      if rest.first == "," { rest.removeFirst() }
      skipSpace()
    }
    rest = rest.dropFirst()
    steps.append(end)
  }

  private mutating func readString() -> String {
    var raw = "\""
    rest = rest.dropFirst()
    while let scalar = rest.popFirst(), scalar != "\"" {
      raw.unicodeScalars.append(scalar)
      if scalar == "\\", let escaped = rest.popFirst() { raw.unicodeScalars.append(escaped) }
    }
    // Foundation resolves the escapes, so the tests do not depend on the code under test.
    return (try? JSONDecoder().decode(String.self, from: Data((raw + "\"").utf8))) ?? "bad string"
  }

  private mutating func readWord(_ word: String, _ step: JSONStep) {
    rest = rest.dropFirst(word.count)
    steps.append(step)
  }

  private mutating func skipSpace() {
    rest = rest.drop { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" }
  }
}
