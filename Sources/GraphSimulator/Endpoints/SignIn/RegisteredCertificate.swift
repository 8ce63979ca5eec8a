import COpenSSL

/// A certificate that an administrator uploaded to the application, without its private key.
struct RegisteredCertificate {
  /// The SHA-256 hash of the certificate, as in `x5t#S256`.
  let thumbprint: [UInt8]
  /// The SHA-1 hash of the certificate, as in `x5t`.
  let oldThumbprint: [UInt8]
  private let pem: String

  /// Reads a certificate; `nil` if the text has no certificate in PEM.
  ///
  /// - Parameter pem: The text.
  init?(pem: String) {
    let hashes = Self.withCertificate(pem) { certificate in
      [EVP_sha256(), EVP_sha1()].map { Self.hash(certificate, $0) }
    }
    guard let hashes else { return nil }
    self.pem = pem
    thumbprint = hashes[0]
    oldThumbprint = hashes[1]
  }

  /// Whether the certificate's private key made a signature.
  ///
  /// - Parameters:
  ///   - signature: The signature.
  ///   - bytes: The signed bytes.
  ///   - algorithm: `PS256` or `RS256`; no other algorithm is accepted.
  /// - Returns: Whether it did; `false` for a malformed signature.
  func verifies(_ signature: [UInt8], of bytes: [UInt8], by algorithm: String) -> Bool {
    guard ["PS256", "RS256"].contains(algorithm) else { return false }
    return Self.withCertificate(pem) { certificate in
      guard let digest = EVP_MD_CTX_new() else { return false }
      defer { EVP_MD_CTX_free(digest) }
      var context: OpaquePointer?
      guard
        EVP_DigestVerifyInit(
          digest, &context, EVP_sha256(), nil, X509_get0_pubkey(certificate)) == 1,
        algorithm == "RS256" || shim_context_set_pss(context) == 1
      else { return false }
      return EVP_DigestVerify(digest, signature, signature.count, bytes, bytes.count) == 1
    } ?? false
  }

  private static func withCertificate<Result>(
    _ pem: String, _ body: (OpaquePointer) -> Result
  ) -> Result? {
    let bytes = Array(pem.utf8)
    return bytes.withUnsafeBytes { bytes in
      guard let source = BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count)) else { return nil }
      defer { BIO_free(source) }
      guard let certificate = PEM_read_bio_X509(source, nil, nil, nil) else { return nil }
      defer { X509_free(certificate) }
      return body(certificate)
    }
  }

  private static func hash(_ certificate: OpaquePointer, _ kind: OpaquePointer?) -> [UInt8] {
    var hash = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    X509_digest(certificate, kind, &hash, &length)
    return Array(hash.prefix(Int(length)))
  }
}
