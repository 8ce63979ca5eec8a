import COpenSSL
import EntraSync

/// The certificates and private keys in a file, whatever form it has.
///
/// The content tells the form: PEM with anything between its parts, PKCS#12 (.pfx, .p12), or one
/// certificate in DER.
struct KeyMaterial {
  /// The certificates, in their order.
  private(set) var certificates: [OpenSSLObject] = []
  /// The private keys, in their order.
  private(set) var keys: [OpenSSLObject] = []
  /// Whether a password was needed for something that was opened.
  var neededPassword = false
  /// Why the first thing that was not opened could not be.
  var obstacle: Decryption.Obstacle?
  /// Whether a part of the file is cut off or damaged.
  var isDamaged = false
  /// Whether the file is one of PKCS#12.
  private(set) var isPKCS12 = false

  /// Reads a file. What cannot be used in it is left out.
  ///
  /// - Parameters:
  ///   - content: The file.
  ///   - password: The password of what is encrypted in it, if there is one.
  ///   - decryption: Opens what is encrypted.
  init(_ content: Secret, password: Secret?, _ decryption: Decryption) {
    let text = PEMText(content.withBytes(Array.init))
    if !text.blocks.isEmpty || !text.damaged.isEmpty {
      isDamaged = text.damaged.contains {
        $0.hasSuffix("CERTIFICATE") || $0.hasSuffix("PRIVATE KEY")
      }
      for block in text.blocks { read(block, password: password, decryption) }
    } else if let document = decryption.document(content) {
      isPKCS12 = true
      read(document, password: password, decryption)
    } else if let certificate = KeyMaterial.certificate(inDER: content) {
      certificates = [certificate]
    } else if content.withBytes({ KeyMaterial.beginsAsPKCS12($0) }) {
      (isPKCS12, isDamaged) = (true, true)
    }
  }

  /// Adds a certificate that was found.
  mutating func add(certificate: OpenSSLObject?) {
    if let certificate { certificates.append(certificate) } else { isDamaged = true }
  }

  /// Adds a private key that was found.
  mutating func add(key: OpenSSLObject?) {
    if let key { keys.append(key) } else { isDamaged = true }
  }

  /// Notes what was in the way of something.
  mutating func note(_ obstacle: Decryption.Obstacle) {
    self.obstacle = self.obstacle ?? obstacle
  }

  private static func certificate(inDER content: Secret) -> OpenSSLObject? {
    content.withBytes { bytes in
      var start = bytes.baseAddress
      return OpenSSLObject(d2i_X509(nil, &start, bytes.count)) { X509_free($0) }
    }
  }

  /// Whether bytes are a sequence in DER that begins with the number 3, which is the version of
  /// PKCS#12.
  ///
  /// Source: RFC 7292, section 4.
  private static func beginsAsPKCS12(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count > 2, bytes[0] == 0x30 else { return false }
    let lengthBytes = bytes[1] < 0x80 ? 0 : Int(bytes[1] & 0x7F)
    return bytes.dropFirst(2 + lengthBytes).starts(with: [2, 1, 3])
  }
}
