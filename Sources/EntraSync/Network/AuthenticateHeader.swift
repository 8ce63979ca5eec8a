/// The challenges of a `WWW-Authenticate` or `Proxy-Authenticate` header: what a server wants to
/// know of whoever asks.
///
/// It is read strictly, since it decides what is sent with a credential. A header with anything
/// else in it has no challenges at all.
///
/// Source: RFC 9110, sections 5.6 and 11.6.1.
struct AuthenticateHeader {
  /// The most bytes of the headers of one answer that are read.
  static let longest = 16_384

  /// One challenge.
  struct Challenge: Equatable {
    /// The scheme's name in lower case, such as `bearer`.
    let scheme: String
    /// The parameters by their names in lower case; empty for a scheme with a token of its own.
    var parameters: [String: String] = [:]
    /// Whether a parameter came twice, so that it is not clear which one counts.
    var isAmbiguous = false
  }

  /// The challenges in their order; empty for a header that is not well-formed.
  let challenges: [Challenge]
  /// The schemes as they are written, in their order. Of a header that is not well-formed, those
  /// before the fault: they are fit to be shown, and decide nothing.
  let schemes: [String]

  /// Reads a header.
  ///
  /// - Parameter value: What follows the header's name and colon.
  init(_ value: String) {
    var reading = Reading(bytes: Array(value.utf8))
    challenges = value.utf8.count <= AuthenticateHeader.longest ? reading.challenges() ?? [] : []
    schemes = reading.schemes
  }

  /// The way through one header.
  private struct Reading {
    let bytes: [UInt8]
    var place = 0
    /// The schemes of the challenges whose first part was read as a whole.
    var schemes: [String] = []

    /// All challenges; `nil` if the header is not well-formed.
    mutating func challenges() -> [Challenge]? {
      var challenges: [Challenge] = []
      // Only a challenge with a parameter can have another.
      var isOpen = false
      while true {
        // A list may have empty elements.
        while let byte = next, byte == UInt8(ascii: ",") || isSpace(byte) { place += 1 }
        guard next != nil else { return challenges }
        guard let name = token() else { return nil }
        let end = place
        passSpaces()
        if next == UInt8(ascii: "=") {
          guard isOpen, let value = value() else { return nil }
          challenges[challenges.count - 1].add(name, value)
        } else {
          challenges.append(Challenge(scheme: name.asciiLowercased))
          isOpen = false
          // What follows the scheme is apart from it by a space.
          if place > end { passToken68() }
          // The first parameter follows without a comma.
          if place > end, let byte = next, isTokenByte(byte) {
            guard let name = token() else { return nil }
            passSpaces()
            guard next == UInt8(ascii: "="), let value = value() else { return nil }
            challenges[challenges.count - 1].add(name, value)
            isOpen = true
          }
        }
        passSpaces()
        guard next == nil || next == UInt8(ascii: ",") else { return nil }
        if schemes.count < challenges.count { schemes.append(name) }
      }
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private func isTokenByte(_ byte: UInt8) -> Bool {
      byte.isLetter || byte.isDigit || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }

    private mutating func passSpaces() {
      while let byte = next, isSpace(byte) { place += 1 }
    }

    private mutating func token() -> String? {
      let part = bytes[place...].prefix(while: isTokenByte)
      place = part.endIndex
      return part.isEmpty ? nil : String(decoding: part, as: UTF8.self)
    }

    /// Passes over a scheme's own token, such as that of `Negotiate`, if one stands here.
    private mutating func passToken68() {
      let letters = bytes[place...].prefix {
        $0.isLetter || $0.isDigit || "-._~+/".utf8.contains($0)
      }
      let padding = bytes[letters.endIndex...].prefix { $0 == UInt8(ascii: "=") }
      let rest = bytes[padding.endIndex...].drop(while: isSpace)
      guard !letters.isEmpty, rest.first == nil || rest.first == UInt8(ascii: ",") else { return }
      place = rest.startIndex
    }

    /// The value of a parameter, from its `=` on: a token, or a text in quotes.
    private mutating func value() -> String? {
      place += 1
      passSpaces()
      guard next == UInt8(ascii: "\"") else { return token() }
      place += 1
      var text: [UInt8] = []
      while let byte = next {
        place += 1
        switch byte {
        case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
        case UInt8(ascii: "\\"):
          guard let escaped = next, isText(escaped) else { return nil }
          place += 1
          text.append(escaped)
        default:
          guard isText(byte) else { return nil }
          text.append(byte)
        }
      }
      return nil
    }

    private func isText(_ byte: UInt8) -> Bool { byte == 0x09 || (byte >= 0x20 && byte != 0x7F) }
  }
}

extension AuthenticateHeader.Challenge {
  fileprivate mutating func add(_ name: String, _ value: String) {
    if parameters.updateValue(value, forKey: name.asciiLowercased) != nil { isAmbiguous = true }
  }
}

extension String {
  fileprivate var asciiLowercased: String {
    String(decoding: utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
