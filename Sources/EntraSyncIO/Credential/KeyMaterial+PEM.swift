import COpenSSL
import EntraSync

extension KeyMaterial {
  /// Reads one part of a file in PEM. Other parts than certificates and private keys are passed
  /// over.
  mutating func read(_ block: PEMText.Block, password: Secret?, _ decryption: Decryption) {
    switch block.label {
    case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE":
      add(
        certificate: OpenSSL.reading(block.text) { source in
          OpenSSLObject(PEM_read_bio_X509_AUX(source, nil, givePassword, nil)) { X509_free($0) }
        })
    case "ENCRYPTED PRIVATE KEY": readEncrypted(block, password: password, decryption)
    case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY":
      readKey(block, password: password)
    default: break
    }
  }

  /// Reads a key in the format PKCS #8 that is encrypted.
  private mutating func readEncrypted(
    _ block: PEMText.Block, password: Secret?, _ decryption: Decryption
  ) {
    let key = OpenSSL.reading(block.text) { source in
      OpenSSLObject(PEM_read_bio_PKCS8(source, nil, givePassword, nil)) { X509_SIG_free($0) }
    }
    guard let key else {
      isDamaged = true
      return
    }
    guard let password else {
      note(.noPassword)
      return
    }
    switch decryption.open(key.pointer, password) {
    case .success(let key):
      neededPassword = true
      add(key: key)
    case .failure(let refusal): note(refusal.obstacle)
    }
  }

  /// Reads a key that is not encrypted, or in OpenSSL's own way, which hashes the password once.
  private mutating func readKey(_ block: PEMText.Block, password: Secret?) {
    var call = PasswordCall(password: password, wasMade: false)
    let key = OpenSSL.reading(block.text) { source in
      withUnsafeMutablePointer(to: &call) { call in
        OpenSSLObject(PEM_read_bio_PrivateKey(source, nil, givePassword, call)) {
          EVP_PKEY_free($0)
        }
      }
    }
    guard key == nil else {
      neededPassword = neededPassword || call.wasMade
      add(key: key)
      return
    }
    if let cipher = block.cipher, !OpenSSL.knows(cipher: cipher) {
      note(password == nil ? .noPassword : .oldAlgorithm)
    } else if call.wasMade {
      note(password == nil ? .noPassword : .wrongPassword)
    } else {
      isDamaged = true
    }
  }
}

/// What OpenSSL's call for a password finds, and that it was made.
private struct PasswordCall {
  let password: Secret?
  var wasMade: Bool
}

/// Gives the password. Without this callback, OpenSSL would ask for one at the terminal.
private func givePassword(
  _ buffer: UnsafeMutablePointer<CChar>?, _ capacity: Int32, _: Int32,
  _ context: UnsafeMutableRawPointer?
) -> Int32 {
  guard let call = context?.assumingMemoryBound(to: PasswordCall.self) else { return -1 }
  call.pointee.wasMade = true
  guard let buffer, let password = call.pointee.password, password.count <= Int(capacity) else {
    return -1
  }
  return password.withBytes { bytes in
    for (index, byte) in bytes.enumerated() { buffer[index] = CChar(bitPattern: byte) }
    return Int32(bytes.count)
  }
}
