import COpenSSL
import EntraSync

/// Something that OpenSSL made, given back when nobody needs it any more.
final class OpenSSLObject {
  /// What OpenSSL's functions take.
  let pointer: OpaquePointer
  private let free: (OpaquePointer) -> Void

  /// Takes charge of what a function of OpenSSL's returned; `nil` where it returned nothing.
  ///
  /// - Parameters:
  ///   - pointer: What it returned.
  ///   - free: How it is given back.
  init?(_ pointer: OpaquePointer?, free: @escaping (OpaquePointer) -> Void) {
    guard let pointer else { return nil }
    self.pointer = pointer
    self.free = free
  }

  deinit { free(pointer) }
}

/// What all use of OpenSSL has in common.
enum OpenSSL {
  /// Runs `body` so that the process's own users of OpenSSL find no errors of ours in the thread's
  /// queue, and theirs as they were.
  ///
  /// - Parameter body: Something that calls OpenSSL.
  /// - Returns: What `body` returns.
  static func apart<Result>(_ body: () -> Result) -> Result {
    ERR_set_mark()
    defer { ERR_pop_to_mark() }
    return body()
  }

  /// An HMAC with SHA-256.
  ///
  /// - Parameters:
  ///   - message: What it is made of.
  ///   - key: Its key.
  /// - Returns: 32 bytes; `nil` where there is no memory.
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

  /// Lets `body` read bytes in PEM; they are not copied.
  ///
  /// - Parameters:
  ///   - content: The bytes.
  ///   - body: Reads one thing of them.
  /// - Returns: What `body` returns; `nil` where there is no memory.
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
