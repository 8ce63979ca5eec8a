import CSystem
import Glibc

/// Finds out whether this process, or the system, has no file descriptor left.
///
/// libcurl says of that, as the case may be, that a name has no address, that a connection was not
/// made or that a certificate cannot be read.
enum DescriptorShortage {
  /// How many descriptors libcurl and the resolver need for one connection.
  private static let needed = 4

  /// Opens as many as a connection needs, and closes them again.
  ///
  /// - Returns: `EMFILE` or `ENFILE`; `nil` if there are enough.
  static func find() -> Errno? {
    var open: [Int32] = []
    defer { for descriptor in open { close(descriptor) } }
    for _ in 0..<needed {
      let descriptor = StandardNumbers.avoided { shim_memory_file() }
      guard descriptor >= 0 else {
        let code = errno
        return code == EMFILE || code == ENFILE ? Errno(code: code) : nil
      }
      open.append(descriptor)
    }
    return nil
  }
}
