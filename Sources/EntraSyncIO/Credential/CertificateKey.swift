import COpenSSL
import EntraSync
import Glibc

/// A certificate and the private key that belongs to it.
final class CertificateKey {
  /// The facts about the certificate.
  let certificate: Certificate
  private let key: OpenSSLObject

  /// Reads the certificate and its private key.
  ///
  /// - Parameters:
  ///   - certificate: The file of CLIENTCERTIFICATE. If it has several certificates, the first
  ///     counts.
  ///   - key: The file of CLIENTKEY.
  /// - Throws: `.configuration` for files that hold something else, and for a private key that is
  ///   not the certificate's.
  init(certificate: CredentialFile, key: CredentialFile) throws(EntraSyncError) {
    let document = try CertificateKey.readCertificate(certificate)
    self.certificate = CertificateKey.describe(document)
    self.key = try CertificateKey.readKey(key)
    let isPair = OpenSSL.apart { X509_check_private_key(document.pointer, self.key.pointer) == 1 }
    guard isPair else {
      throw key.refusal(
        "holds the key of another certificate; name the key that the certificate was made with")
    }
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

  private static func readCertificate(
    _ file: CredentialFile
  ) throws(EntraSyncError) -> OpenSSLObject {
    let document = OpenSSL.apart {
      OpenSSL.reading(file.content) { source in
        OpenSSLObject(PEM_read_bio_X509(source, nil, refusePassphrase, nil)) { X509_free($0) }
      }
    }
    guard let document else {
      throw file.refusal(
        "holds no certificate in PEM, with -----BEGIN CERTIFICATE-----; openssl x509 can convert it"
      )
    }
    return document
  }

  private static func readKey(_ file: CredentialFile) throws(EntraSyncError) -> OpenSSLObject {
    var isEncrypted = false
    let key = OpenSSL.apart {
      OpenSSL.reading(file.content) { source in
        withUnsafeMutablePointer(to: &isEncrypted) { flag in
          OpenSSLObject(PEM_read_bio_PrivateKey(source, nil, refusePassphrase, flag)) {
            EVP_PKEY_free($0)
          }
        }
      }
    }
    if let key { return key }
    throw isEncrypted
      ? file.refusal(
        "is encrypted, and there is nobody to type its passphrase; store the key without one, with "
          + "openssl pkey, in a file that only this program's user may read")
      : file.refusal(
        "holds no private key in PEM, with -----BEGIN PRIVATE KEY-----; openssl pkey can convert it"
      )
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

/// Refuses to decrypt. Without this callback, OpenSSL would ask for a passphrase at the terminal.
private func refusePassphrase(
  _: UnsafeMutablePointer<CChar>?, _: Int32, _: Int32, _ context: UnsafeMutableRawPointer?
) -> Int32 {
  context?.assumingMemoryBound(to: Bool.self).pointee = true
  return -1
}
