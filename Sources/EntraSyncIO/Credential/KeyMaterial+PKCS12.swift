import COpenSSL
import EntraSync

extension KeyMaterial {
  /// How deep bags may be nested in bags.
  private static let deepest = 4

  /// Reads a PKCS#12 file.
  ///
  /// A file without a password has none at all or an empty one, which are not the same: programs
  /// disagree.
  ///
  /// Source: RFC 7292, section 4, and appendix B.1.
  mutating func read(_ document: OpenSSLObject, password: Secret?, _ decryption: Decryption) {
    let none = [nil, Secret([])] as [Secret?]
    for candidate in password.map({ [$0] + none }) ?? none {
      switch decryption.verifies(candidate, document) {
      case .success(false): continue
      case .success(true):
        neededPassword = candidate?.count ?? 0 > 0
        readParts(of: document, candidate, decryption)
        // The password is right, so that the rest is not.
        if obstacle == .wrongPassword { (obstacle, isDamaged) = (nil, true) }
        return
      case .failure(let refusal):
        note(refusal.obstacle)
        return
      case nil:
        // Nothing but its contents tells whether this is the password.
        let before = self
        readParts(of: document, candidate, decryption)
        guard obstacle == .wrongPassword else { return }
        self = before
      }
    }
    note(password == nil ? .noPassword : .wrongPassword)
  }

  private mutating func readParts(
    of document: OpenSSLObject, _ password: Secret?, _ decryption: Decryption
  ) {
    guard let parts = PKCS12_unpack_authsafes(document.pointer) else {
      isDamaged = true
      return
    }
    defer {
      OPENSSL_sk_pop_free(parts) { PKCS7_free($0?.assumingMemoryBound(to: PKCS7.self)) }
    }
    for index in 0..<max(0, OPENSSL_sk_num(parts)) {
      guard let part = OPENSSL_sk_value(parts, index)?.assumingMemoryBound(to: PKCS7.self) else {
        continue
      }
      switch OBJ_obj2nid(part.pointee.type) {
      case NID_pkcs7_data:
        readBags(PKCS12_unpack_p7data(part), password, decryption)
      case NID_pkcs7_encrypted:
        guard let content = part.pointee.d.encrypted?.pointee.enc_data?.pointee else {
          isDamaged = true
          continue
        }
        switch decryption.open(content, password) {
        case .success(let bags):
          noteUse(of: password)
          readBags(bags, password, decryption)
        case .failure(let refusal): note(refusal.obstacle)
        }
      default: isDamaged = true
      }
    }
  }

  /// Reads bags and frees them.
  private mutating func readBags(
    _ bags: OpaquePointer?, _ password: Secret?, _ decryption: Decryption
  ) {
    guard let bags else {
      isDamaged = true
      return
    }
    defer { OPENSSL_sk_pop_free(bags) { PKCS12_SAFEBAG_free($0.map { OpaquePointer($0) }) } }
    readBags(in: bags, password, decryption, depth: 0)
  }

  private mutating func readBags(
    in bags: OpaquePointer, _ password: Secret?, _ decryption: Decryption, depth: Int
  ) {
    for index in 0..<max(0, OPENSSL_sk_num(bags)) {
      guard let bag = OPENSSL_sk_value(bags, index).map({ OpaquePointer($0) }) else { continue }
      switch PKCS12_SAFEBAG_get_nid(bag) {
      case NID_certBag:
        add(certificate: OpenSSLObject(PKCS12_SAFEBAG_get1_cert(bag)) { X509_free($0) })
      case NID_keyBag:
        let key = PKCS12_SAFEBAG_get0_p8inf(bag).flatMap { EVP_PKCS82PKEY($0) }
        add(key: OpenSSLObject(key) { EVP_PKEY_free($0) })
      case NID_pkcs8ShroudedKeyBag:
        guard let key = PKCS12_SAFEBAG_get0_pkcs8(bag) else { continue }
        switch decryption.open(key, password) {
        case .success(let key):
          noteUse(of: password)
          add(key: key)
        case .failure(let refusal): note(refusal.obstacle)
        }
      case NID_safeContentsBag:
        guard depth < KeyMaterial.deepest, let inner = PKCS12_SAFEBAG_get0_safes(bag) else {
          continue
        }
        readBags(in: inner, password, decryption, depth: depth + 1)
      default: break
      }
    }
  }

  private mutating func noteUse(of password: Secret?) {
    if let password, password.count > 0 { neededPassword = true }
  }
}
