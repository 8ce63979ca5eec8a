import COpenSSL
import EntraSync

/// An object of OpenSSL's, which is freed with the last reference to it.
final class OpenSSLObject {
  /// The pointer for OpenSSL's functions.
  let pointer: OpaquePointer
  private let free: (OpaquePointer) -> Void

  /// Takes ownership of what a function of OpenSSL's returned; `nil` if that was NULL.
  ///
  /// - Parameters:
  ///   - pointer: What the function returned.
  ///   - free: Frees the object.
  init?(_ pointer: OpaquePointer?, free: @escaping (OpaquePointer) -> Void) {
    guard let pointer else { return nil }
    self.pointer = pointer
    self.free = free
  }

  deinit { free(pointer) }
}

/// What all use of OpenSSL has in common.
enum OpenSSL {
  /// Runs `body` and removes the errors that it leaves in the thread's queue.
  ///
  /// Others in the process may use OpenSSL too. They find the errors that they left, and none of
  /// ours.
  ///
  /// - Parameter body: Something that calls OpenSSL.
  /// - Returns: What `body` returns.
  static func apart<Result>(_ body: () -> Result) -> Result {
    ERR_set_mark()
    defer { ERR_pop_to_mark() }
    return body()
  }

  /// Whether a cipher can be used in this process.
  ///
  /// - Parameter cipher: Its name, such as `AES-256-CBC`.
  /// - Returns: `false` also for a cipher of a provider that is not loaded.
  static func knows(cipher: String) -> Bool {
    guard let found = EVP_CIPHER_fetch(nil, cipher, nil) else { return false }
    EVP_CIPHER_free(found)
    return true
  }

  /// An HMAC with SHA-256.
  ///
  /// - Parameters:
  ///   - message: The bytes to authenticate.
  ///   - key: The key.
  /// - Returns: 32 bytes; `nil` if there is no memory.
  static func code(of message: [UInt8], key: Secret) -> [UInt8]? {
    apart {
      key.withBytes { key in
        var code = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        let made = HMAC(
          EVP_sha256(), key.baseAddress, Int32(key.count), message, message.count, &code, &length)
        return made == nil ? nil : Array(code.prefix(Int(length)))
      }
    }
  }

  /// Lets `body` read bytes in PEM, which are not copied.
  ///
  /// - Parameters:
  ///   - content: The bytes.
  ///   - body: Reads one object from them.
  /// - Returns: What `body` returns; `nil` if there is no memory.
  static func reading<Result>(
    _ content: Secret, _ body: (OpaquePointer) -> Result?
  ) -> Result? {
    content.withBytes { bytes in
      let source = OpenSSLObject(BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count))) {
        BIO_free($0)
      }
      return source.flatMap { body($0.pointer) }
    }
  }
}
