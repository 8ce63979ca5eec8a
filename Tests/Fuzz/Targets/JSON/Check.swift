import EntraSync
import Foundation

@testable import EntraSyncIO

/// Checks that the JSON parser takes nothing that Foundation's refuses, and reads the rest alike.
///
/// - Parameter input: A document, or any bytes.
func check(_ input: [UInt8]) {
  var text = input
  let value: JSONValue
  do throws(EntraSyncError) {
    value = try JSONValue(&text, by: JSONParser())
  } catch {
    return requirePresentable(error)
  }
  require(text == input, "the text stays as it was", text.count)
  let second = try? JSONSerialization.jsonObject(with: Data(input), options: .fragmentsAllowed)
  guard let second = second as? NSObject else {
    return require(false, "what is taken is JSON", String(decoding: input, as: UTF8.self))
  }
  require(object(of: value) == second, "two parsers read it alike", value)
}

/// A document in Foundation's types.
private func object(of value: JSONValue) -> NSObject {
  switch value {
  case .null: NSNull()
  case .bool(let value): NSNumber(value: value)
  case .number(let text):
    Int(text).map { NSNumber(value: $0) } ?? NSNumber(value: Double(text) ?? 0)
  case .string(let text): text as NSString
  case .array(let elements): elements.map(object) as NSArray
  case .object(let members): members.mapValues(object) as NSDictionary
  }
}
