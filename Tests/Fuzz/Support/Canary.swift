import EntraSync

/// A word that no message may show; it stands for a secret, an access token or a page token.
///
/// It has the length of a client secret, and nobody types it by accident. The inputs have it in
/// right and wrong places for a secret.
enum Canary {
  /// The whole word.
  static let text = "Qx8~S3cr3t.7hAt_n0b0dy-Sees_0123456789abc"

  /// Requires that a text contains neither the word nor its telling part.
  ///
  /// - Parameter shown: A text that people read.
  static func requireAbsent(from shown: String) {
    require(!shown.contains("S3cr3t"), "a message shows no secret", shown)
  }

  /// Requires the same of all texts of an error.
  ///
  /// - Parameter error: The error.
  static func requireAbsent(from error: EntraSyncError) {
    requireAbsent(from: error.message)
    requireAbsent(from: error.serverCode ?? "")
    requireAbsent(from: error.requestID ?? "")
  }
}
