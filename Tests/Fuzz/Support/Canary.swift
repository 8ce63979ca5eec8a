import EntraSync

/// A word that stands for whatever must not be seen: a secret, a token, the token of a page.
///
/// It has the length of a client secret, and nobody types it by mistake. The inputs hold it where a
/// secret may stand, right places and wrong ones.
enum Canary {
  /// The whole word.
  static let text = "Qx8~S3cr3t.7hAt_n0b0dy-Sees_0123456789abc"

  /// Requires that a text does not hold it, in whole or in a part that could be of use.
  ///
  /// - Parameter shown: Something that a person will read.
  static func requireAbsent(from shown: String) {
    require(!shown.contains("S3cr3t"), "a message shows no secret", shown)
  }

  /// Requires the same of everything that an error shows.
  ///
  /// - Parameter error: What was thrown.
  static func requireAbsent(from error: EntraSyncError) {
    requireAbsent(from: error.message)
    requireAbsent(from: error.serverCode ?? "")
    requireAbsent(from: error.requestID ?? "")
  }
}
