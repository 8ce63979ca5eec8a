import Foundation

/// Base64 for URLs, without padding (RFC 4648, section 5).
enum Base64URL {
  /// The text for some bytes.
  static func encode(_ bytes: Data) -> String {
    bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  /// The bytes of a text, in which some write the padding that they should leave out.
  ///
  /// - Returns: The bytes; nil for what is no Base64.
  static func decode(_ text: String) -> [UInt8]? {
    var text = text.replacing("-", with: "+").replacing("_", with: "/")
    while text.hasSuffix("=") { text.removeLast() }
    text += String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    return Data(base64Encoded: text).map { [UInt8]($0) }
  }
}
