import EntraSync

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
  guard let second = SecondOpinion.of(input) else {
    return require(false, "what is taken is JSON", String(decoding: input, as: UTF8.self))
  }
  require(SecondOpinion.agrees(second, with: value), "two parsers read it alike", value)
}
