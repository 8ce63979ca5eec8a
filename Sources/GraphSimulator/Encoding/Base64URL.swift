import Foundation

/// Base64 for URLs, without padding (RFC 4648, section 5).
enum Base64URL {
  /// Encodes bytes.
  static func encode(_ bytes: Data) -> String {
    bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  /// Decodes a text; padding, which some clients write although they should not, is accepted.
  ///
  /// - Returns: The bytes, or nil if the text is not Base64.
  static func decode(_ text: String) -> [UInt8]? {
    var text = text.replacing("-", with: "+").replacing("_", with: "/")
    while text.hasSuffix("=") { text.removeLast() }
    text += String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    return Data(base64Encoded: text).map { [UInt8]($0) }
  }
}
