import COpenSSL
import EntraSync

/// The digest by which a list is known again.
enum ContentDigest {
  /// The SHA-256 of a file's content, in hexadecimal digits; empty if it cannot be computed.
  static func of(_ content: [UInt8]) -> String {
    OpenSSL.apart {
      var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
      var length: UInt32 = 0
      guard EVP_Digest(content, content.count, &digest, &length, EVP_sha256(), nil) == 1 else {
        return ""
      }
      return digest.prefix(Int(length)).hexadecimal
    }
  }
}
