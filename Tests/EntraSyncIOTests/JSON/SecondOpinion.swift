import EntraSync
import Foundation

/// What Foundation's parser makes of a document. The fuzzer of the JSON parser uses this file, too.
enum SecondOpinion {
  /// Reads a document. Foundation does not see repeated keys.
  ///
  /// - Parameter bytes: The document.
  /// - Returns: `nil` if Foundation refuses it.
  static func of(_ bytes: [UInt8]) -> Any? {
    try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
  }

  /// Whether two parsers have read the same.
  ///
  /// Of numbers only the kind counts: ours keeps the text of one, while Foundation makes a binary
  /// or a decimal one of it, and rounds where it has to.
  ///
  /// - Parameters:
  ///   - opinion: What Foundation made of a document, or of a part.
  ///   - value: What our parser made of it.
  /// - Returns: `false` at the first difference.
  static func agrees(_ opinion: Any?, with value: JSONValue) -> Bool {
    switch value {
    case .null: opinion is NSNull
    case .bool(let value): (opinion as? NSNumber)?.boolValue == value
    case .number: opinion is NSNumber
    case .string(let text): (opinion as? String)?.utf8.elementsEqual(text.utf8) ?? false
    case .array(let elements): agrees(opinion as? [Any], withEach: elements)
    case .object(let members):
      (opinion as? [String: Any]).map { opinions in
        opinions.count == members.count
          && members.allSatisfy { agrees(opinions[$0.key], with: $0.value) }
      } ?? false
    }
  }

  private static func agrees(_ opinions: [Any]?, withEach values: [JSONValue]) -> Bool {
    guard let opinions, opinions.count == values.count else { return false }
    return zip(opinions, values).allSatisfy { agrees($0, with: $1) }
  }
}
