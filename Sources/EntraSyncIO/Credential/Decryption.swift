import COpenSSL
import EntraSync

/// OpenSSL's algorithms by which passwords open keys and PKCS#12 files.
///
/// They are in a library context of their own: the process may have restricted the common one, and
/// the old algorithms of the legacy provider are nobody else's business. It is loaded when a file
/// needs it.
final class Decryption {
  /// How often passwords may be hashed before reading is given up: a few seconds.
  static let mostRounds: UInt64 = 5_000_000

  /// The folder of OpenSSL's providers; `nil` for the system's.
  private let modules: String?
  /// Made when it is needed. `nil`, which is the common context, if there is no memory for another.
  private lazy var library: OpaquePointer? = makeLibrary()
  private var hasLibrary = false
  private var providers: [OpaquePointer] = []
  private var hasTriedLegacy = false
  private var rounds: UInt64

  /// Prepares decryption.
  ///
  /// - Parameters:
  ///   - modules: The folder of OpenSSL's providers; `nil` for the system's.
  ///   - rounds: How often passwords may be hashed, over all that is opened.
  init(modules: String? = nil, rounds: UInt64 = mostRounds) {
    self.modules = modules
    self.rounds = rounds
  }

  deinit {
    guard hasLibrary, library != nil else { return }
    for provider in providers { OSSL_PROVIDER_unload(provider) }
    OSSL_LIB_CTX_free(library)
  }

  /// Why something encrypted cannot be opened.
  enum Obstacle: Equatable {
    /// It needs a password, and there is none.
    case noPassword
    /// The password does not open it.
    case wrongPassword
    /// It needs an algorithm of OpenSSL's legacy provider, which is not installed.
    case oldAlgorithm
    /// It needs an algorithm that OpenSSL does not know.
    case unknownAlgorithm
    /// It hashes the password so often that this takes too long.
    case tooSlow
  }

  /// Finds out whether something encrypted can be opened, apart from its password.
  ///
  /// - Parameter algorithm: How it is encrypted.
  /// - Returns: `nil` if nothing is in the way.
  func obstacle(to algorithm: UnsafePointer<X509_ALGOR>?) -> Obstacle? {
    var cipher: Int32 = 0
    var needed: UInt64 = 0
    guard let algorithm, shim_password_work(algorithm, &cipher, &needed) == 1,
      let name = OBJ_nid2sn(cipher)
    else { return .unknownAlgorithm }
    guard spend(needed) else { return .tooSlow }
    if knows(name) { return nil }
    if !hasTriedLegacy {
      hasTriedLegacy = true
      // The common context is not ours to add to.
      if let library { load("legacy", into: library) }
      if knows(name) { return nil }
    }
    return Decryption.isOld(cipher) ? .oldAlgorithm : .unknownAlgorithm
  }

  /// Opens an encrypted key.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - password: The password, in the form of PKCS#12: NULL differs from an empty one.
  /// - Returns: The key, or what is in the way.
  func open(_ key: OpaquePointer, _ password: Secret?) -> Result<OpenSSLObject, Refusal> {
    var algorithm: UnsafePointer<X509_ALGOR>?
    X509_SIG_get0(key, &algorithm, nil)
    if let obstacle = obstacle(to: algorithm) { return .failure(Refusal(obstacle)) }
    let content = Decryption.lend(password) { bytes, count in
      OpenSSLObject(PKCS8_decrypt_ex(key, bytes, count, library, nil)) {
        PKCS8_PRIV_KEY_INFO_free($0)
      }
    }
    let opened = content.flatMap { OpenSSLObject(EVP_PKCS82PKEY($0.pointer)) { EVP_PKEY_free($0) } }
    return opened.map { .success($0) } ?? .failure(Refusal(.wrongPassword))
  }

  /// Opens the encrypted part of a PKCS#12 file.
  ///
  /// - Parameters:
  ///   - part: Its algorithm and its bytes.
  ///   - password: The password.
  /// - Returns: A stack of bags, or what is in the way.
  func open(_ part: PKCS7_ENC_CONTENT, _ password: Secret?) -> Result<OpaquePointer, Refusal> {
    if let obstacle = obstacle(to: part.algorithm) { return .failure(Refusal(obstacle)) }
    guard let bytes = part.enc_data else { return .failure(Refusal(.wrongPassword)) }
    let bags = Decryption.lend(password) { password, count in
      PKCS12_item_decrypt_d2i_ex(
        part.algorithm, PKCS12_SAFEBAGS_it(), password, count, bytes, 1, library, nil)
    }
    return bags.map { .success(OpaquePointer($0)) } ?? .failure(Refusal(.wrongPassword))
  }

  /// An obstacle that is thrown.
  struct Refusal: Error {
    /// What is in the way.
    let obstacle: Obstacle

    /// Wraps an obstacle.
    init(_ obstacle: Obstacle) { self.obstacle = obstacle }
  }

  /// Reads a PKCS#12 file, without opening what is in it.
  ///
  /// - Parameter content: The file.
  /// - Returns: `nil` for anything else.
  func document(_ content: Secret) -> OpenSSLObject? {
    content.withBytes { bytes in
      var document = PKCS12_init_ex(NID_pkcs7_data, library, nil)
      var start = bytes.baseAddress
      // If it fails, OpenSSL frees what it was given.
      guard document != nil, d2i_PKCS12(&document, &start, bytes.count) != nil else { return nil }
      return OpenSSLObject(document) { PKCS12_free($0) }
    }
  }

  /// Whether the password is the one that protects a PKCS#12 file.
  ///
  /// - Parameters:
  ///   - password: The password; `nil` and an empty one differ.
  ///   - document: The file.
  /// - Returns: `nil` if the file is not protected, or in a way that OpenSSL does not know.
  func verifies(_ password: Secret?, _ document: OpenSSLObject) -> Result<Bool, Refusal>? {
    var algorithm: UnsafePointer<X509_ALGOR>?
    var rounds: UnsafePointer<ASN1_INTEGER>?
    guard PKCS12_mac_present(document.pointer) == 1 else { return nil }
    PKCS12_get0_mac(nil, &algorithm, nil, &rounds, document.pointer)
    var name: OpaquePointer?
    X509_ALGOR_get0(&name, nil, nil, algorithm)
    let digest = OBJ_nid2sn(OBJ_obj2nid(name)).flatMap { EVP_MD_fetch(library, $0, nil) }
    guard let digest else { return nil }
    EVP_MD_free(digest)
    guard spend(shim_rounds(rounds)) else { return .failure(Refusal(.tooSlow)) }
    return .success(
      Decryption.lend(password) { PKCS12_verify_mac(document.pointer, $0, $1) == 1 })
  }

  private func makeLibrary() -> OpaquePointer? {
    hasLibrary = true
    guard let library = OSSL_LIB_CTX_new() else { return nil }
    if let modules { OSSL_PROVIDER_set_default_search_path(library, modules) }
    load("default", into: library)
    return library
  }

  private func load(_ name: String, into library: OpaquePointer) {
    if let provider = OSSL_PROVIDER_load(library, name) { providers.append(provider) }
  }

  private func knows(_ cipher: UnsafePointer<CChar>) -> Bool {
    guard let found = EVP_CIPHER_fetch(library, cipher, nil) else { return false }
    EVP_CIPHER_free(found)
    return true
  }

  private func spend(_ needed: UInt64) -> Bool {
    guard needed <= rounds else { return false }
    rounds -= needed
    return true
  }

  /// Whether a cipher is one of the legacy provider.
  private static func isOld(_ cipher: Int32) -> Bool {
    [
      NID_rc2_cbc, NID_rc2_40_cbc, NID_rc2_64_cbc, NID_rc4, NID_rc4_40, NID_des_cbc, NID_bf_cbc,
      NID_cast5_cbc, NID_idea_cbc, NID_rc5_cbc, NID_seed_cbc,
    ].contains(cipher)
  }

  /// Lends a password in OpenSSL's form.
  private static func lend<Result>(
    _ password: Secret?, _ body: (UnsafePointer<CChar>?, Int32) -> Result
  ) -> Result {
    guard let password else { return body(nil, 0) }
    return password.withBytes { bytes in
      guard let start = bytes.baseAddress, !bytes.isEmpty else {
        return withUnsafePointer(to: 0 as CChar) { body($0, 0) }
      }
      return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
        body($0, Int32(bytes.count))
      }
    }
  }
}
