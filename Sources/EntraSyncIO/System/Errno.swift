import Glibc

/// The reason why a system call failed.
struct Errno: Error, Equatable {
  /// The number, such as `ENOSPC`.
  let code: Int32

  /// The number as a phrase, such as `No space left on device`.
  var reason: String {
    var text = [CChar](repeating: 0, count: 128)
    guard strerror_r(code, &text, text.count) == 0 else { return "error \(code)" }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
