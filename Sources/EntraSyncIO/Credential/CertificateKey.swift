import COpenSSL
import EntraSync
import Glibc

/// A certificate and the private key that belongs to it.
final class CertificateKey {
  /// The facts about the certificate.
  let certificate: Certificate
  /// What a person should correct, though the pair can be used.
  let warnings: [String]
  private let key: OpenSSLObject

  /// Finds the private key, and the certificate that belongs to it.
  ///
  /// - Parameters:
  ///   - certificates: The file of CLIENTCERTIFICATE. It may hold a chain in any order.
  ///   - keys: The file of CLIENTKEY, or the same file.
  ///   - now: The time.
  /// - Throws: `.configuration` for files that hold something else, and for a private key that is
  ///   not the certificate's.
  init(_ certificates: KeyFile, _ keys: KeyFile, at now: Double) throws(EntraSyncError) {
    let documents = try certificates.certificates()
    var pairs: [(certificate: Certificate, key: OpenSSLObject)] = []
    for key in try keys.keys() {
      for document in documents where CertificateKey.isPair(document, key) {
        let certificate = CertificateKey.describe(document)
        if !pairs.contains(where: { $0.certificate == certificate }) {
          pairs.append((certificate, key))
        }
      }
    }
    guard let index = Certificate.choice(among: pairs.map(\.certificate), at: now) else {
      throw keys.mismatch(with: certificates, of: documents.count)
    }
    (certificate, key) = pairs[index]
    warnings =
      pairs.count == 1
      ? []
      : [
        "\(certificates.file.subject) holds \(pairs.count) certificates whose private key is there; "
          + "the one with the thumbprint \(pairs[index].certificate.shownThumbprint) is used, since "
          + "it ends last; remove the others"
      ]
  }

  /// Signs by PS256: RSASSA-PSS with SHA-256 and a salt as long as the hash.
  ///
  /// Source: RFC 7518, section 3.5.
  ///
  /// - Parameter bytes: What to sign.
  /// - Returns: The signature; `nil` if libcrypto cannot make it.
  func sign(_ bytes: [UInt8]) -> [UInt8]? {
    OpenSSL.apart {
      guard let digest = OpenSSLObject(EVP_MD_CTX_new(), free: { EVP_MD_CTX_free($0) }) else {
        return nil
      }
      var context: OpaquePointer?
      var length = 0
      guard
        EVP_DigestSignInit(digest.pointer, &context, EVP_sha256(), nil, key.pointer) == 1,
        shim_context_set_pss(context) == 1,
        EVP_DigestSign(digest.pointer, nil, &length, bytes, bytes.count) == 1
      else { return nil }
      var signature = [UInt8](repeating: 0, count: length)
      guard EVP_DigestSign(digest.pointer, &signature, &length, bytes, bytes.count) == 1 else {
        return nil
      }
      return Array(signature.prefix(length))
    }
  }

  private static func isPair(_ document: OpenSSLObject, _ key: OpenSSLObject) -> Bool {
    OpenSSL.apart { X509_check_private_key(document.pointer, key.pointer) == 1 }
  }

  private static func describe(_ document: OpenSSLObject) -> Certificate {
    OpenSSL.apart {
      let certificate = document.pointer
      let key = X509_get0_pubkey(certificate)
      let isRSA = key.map { shim_key_is_rsa($0) == 1 } ?? false
      return Certificate(
        thumbprint: hash(certificate, EVP_sha256()),
        shownThumbprint: hash(certificate, EVP_sha1()).map(hexadecimal).joined(),
        begins: seconds(X509_get0_notBefore(certificate)),
        ends: seconds(X509_get0_notAfter(certificate)),
        keyLength: isRSA ? key.map { Int(shim_key_length($0)) } : nil)
    }
  }

  private static func hash(_ certificate: OpaquePointer, _ kind: OpaquePointer?) -> [UInt8] {
    var hash = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    guard X509_digest(certificate, kind, &hash, &length) == 1 else { return [] }
    return Array(hash.prefix(Int(length)))
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }

  /// Seconds since 1970; for a time that cannot be read, 0, which is long past.
  private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Double {
    var parts = tm()
    guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else { return 0 }
    return Double(timegm(&parts))
  }
}
