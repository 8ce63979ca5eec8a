/// An answer that neither Graph nor Entra ID has given, though it came over the connection to them:
/// that of a proxy, a firewall, a gateway, or the login portal of a network.
///
/// It says nothing about a permission, a token or a credential. What it says of itself is the best
/// that an administrator can look for.
public struct ForeignAnswer: Equatable, Sendable {
  /// The most bytes of such an answer that are looked at.
  public static let longest = 65_536
  /// The most characters of it that a message shows.
  private static let longestShown = 80

  /// What it says of itself, as a message shows it: a title or its first words; empty for nothing.
  public let said: String

  /// Reads what an answer says of itself.
  ///
  /// - Parameter body: The answer's bytes, of which the first ``longest`` count.
  public init(_ body: some Sequence<UInt8>) {
    let text = ForeignAnswer.text(Array(body.prefix(ForeignAnswer.longest)))
    let page = PageText(text)
    if let title = ForeignAnswer.shown(page.title) {
      said = "the page \(title)"
    } else {
      said = ForeignAnswer.shown(page.words).map { "the words \($0)" } ?? ""
    }
  }

  /// Which server it came in place of.
  public enum Place: Sendable {
    /// Graph.
    case graph
    /// The token endpoint.
    case signIn
  }

  /// The error that it means.
  ///
  /// - Parameters:
  ///   - httpStatus: Its status.
  ///   - place: What it came in place of.
  ///   - configuration: Where that is, and whose keys the message names.
  /// - Returns: `.server`, with ``EntraSyncError/isForeign`` set.
  public func error(
    httpStatus: Int, inPlaceOf place: Place, _ configuration: Configuration
  ) -> EntraSyncError {
    let what = (200..<300).contains(httpStatus) ? "answer" : "error"
    let (subject, owner, key) =
      switch place {
      case .graph: (configuration.graph.origin, "a Graph \(what)", "GRAPHURL")
      case .signIn:
        ("the sign-in at \(configuration.login.origin)", "an Entra ID \(what)", "LOGINURL")
      }
    var error = EntraSyncError(
      .server,
      "\(subject) answered HTTP \(httpStatus) without \(owner)"
        + (said.isEmpty ? "" : ", but with \(said)")
        + ": a proxy, firewall, gateway or login portal in between answers in its place; "
        + "have it let this server through, and check \(key) and the proxy")
    error.httpStatus = httpStatus
    error.isForeign = true
    return error
  }

  /// The bytes as text: UTF-8 or UTF-16 with a byte order mark, else ISO 8859-1; empty for bytes
  /// that are no text.
  private static func text(_ bytes: [UInt8]) -> String {
    if let unit = bytes.first, let second = bytes.dropFirst().first,
      [0xFE, 0xFF].contains(unit), second == unit ^ 1
    {
      let pairs = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
        let high = unit == 0xFE ? bytes[index] : bytes[index + 1]
        let low = unit == 0xFE ? bytes[index + 1] : bytes[index]
        return UInt16(high) << 8 | UInt16(low)
      }
      return String(decoding: pairs, as: UTF16.self)
    }
    guard !bytes.contains(0) else { return "" }
    // The last character may be cut off.
    for cut in 0...3 {
      if let text = String(plainText: Array(bytes.dropLast(cut))) { return text }
    }
    return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }

  private static func shown(_ text: String) -> String? {
    let text = text.fromServer(limit: longestShown)
    return text.isEmpty ? nil : text.quoted(limit: longestShown + 1)
  }
}
