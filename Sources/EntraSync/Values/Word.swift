/// A value without syntax: one word of letters, digits and a few punctuation marks.
public struct Word: Equatable, Sendable {
  /// The word in lower case, without white space around it.
  public let text: String

  /// Reads a value that is neither an address nor a telephone number.
  ///
  /// - Parameter value: The directory's value.
  /// - Throws: ``Malformed`` with the reason why it is left out.
  public init(_ value: String) throws(Malformed) {
    let text = value.trimmed
    guard !text.isEmpty else { throw Malformed("is empty") }
    for scalar in text.unicodeScalars {
      guard scalar.isWordCharacter || "._-+'".unicodeScalars.contains(scalar) else {
        throw Malformed("contains \(scalar.spokenName), which could be read as a part of the list")
      }
      // German and Turkish have letters of their own that fold to ASCII ones.
      guard !scalar.foldsToASCII || "ßẞıİ".unicodeScalars.contains(scalar) else {
        throw Malformed("contains \(scalar.spokenName), which could be read as another letter")
      }
    }
    self.text = text.lowercased()
  }
}
