/// Doubts about a client secret, which is sent as it is all the same.
///
/// Entra ID makes client secrets of ASCII characters without white space. So anything else has come
/// into the value on its way.
public enum ClientSecretDoubt {
  /// Says what a person should look at.
  ///
  /// - Parameter secret: The client secret.
  /// - Returns: The rest of a sentence about the key or the file that has it, for each doubt. It
  ///   shows nothing of the client secret.
  public static func reasons(_ secret: String) -> [String] {
    let plain = Slip.comment.mended(secret, strictly: true)
    let bare = (plain ?? secret).drop { "\"'{".contains($0) }.prefix { !"\"'}".contains($0) }
    let isID = ObjectID(String(bare)) != nil
    let isQuoted = ["\"", "'"].contains {
      secret.count > 1 && secret.hasPrefix($0) && secret.hasSuffix($0)
    }
    let doubts = [
      plain != nil
        ? "seems to have a comment behind it, which is sent as a part of it; put the comment on a "
          + "line of its own" : nil,
      Slip.quotes.mended(secret, strictly: true) != nil
        ? "is in typographic quotes, which are sent as a part of it; remove them" : nil,
      isQuoted ? "is in quotes, which are sent as a part of it; remove them" : nil,
      plain == nil && secret.unicodeScalars.contains { $0.properties.isWhitespace }
        ? "has a space in it, as no client secret of Entra ID has; copy the Value again" : nil,
      isID ? "looks like the secret's ID; it must be its Value" : nil,
    ].compactMap(\.self)
    guard doubts.isEmpty, !secret.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return doubts }
    return ["has a character in it that no client secret of Entra ID has; copy the Value again"]
  }
}
