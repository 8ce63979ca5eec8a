import CSystem
import Glibc

/// Keeps the numbers of the standard input, output and error from the library's files, while it
/// lives.
///
/// A process may have closed them. The next file that is opened gets such a number, and what the
/// process then writes to its standard error lands in that file: in a list, or in a connection. So
/// each free one is taken by a placeholder, which can be neither read nor written: to the process,
/// it answers as a closed file does (EBADF). A file that has the number by now is left alone.
final class StandardNumbers {
  private static let first: Int32 = 3
  private var placeholders: [(number: Int32, identity: FileIdentity)] = []

  /// Takes the numbers that are free.
  init() {
    for number in 0..<StandardNumbers.first where fcntl(number, F_GETFD) == -1 {
      // The system gives out the smallest number that is free.
      let placeholder = open("/", StandardNumbers.flags)
      guard let identity = FileIdentity(of: placeholder) else { return }
      guard placeholder < StandardNumbers.first else {
        close(placeholder)
        return
      }
      placeholders.append((placeholder, identity))
    }
  }

  deinit {
    let code = errno
    defer { errno = code }
    for (number, identity) in placeholders where FileIdentity(of: number) == identity {
      // The process may have put a file of its own there meanwhile, even the same folder.
      if fcntl(number, F_GETFL) & Int32(SHIM_O_PATH) != 0 { close(number) }
    }
  }

  private static var flags: Int32 { Int32(SHIM_O_PATH) | O_CLOEXEC }

  /// Runs `body`, whose files get none of these numbers.
  static func kept<Result>(_ body: () -> Result) -> Result {
    let numbers = StandardNumbers()
    return withExtendedLifetime(numbers) { body() }
  }

  /// Opens a file under a higher number, whatever other threads close or open meanwhile.
  ///
  /// - Parameter body: Opens it; a negative number is a failure, which `errno` explains.
  /// - Returns: The number, or a negative one.
  static func avoided(_ body: () -> Int32) -> Int32 {
    let number = kept(body)
    guard (0..<first).contains(number) else { return number }
    let other = duplicate(number)
    let code = errno
    close(number)
    errno = code
    return other
  }

  /// Makes another descriptor of an open file, with a number above these.
  ///
  /// - Parameter number: The file.
  /// - Returns: The new number; a negative one is a failure, which `errno` explains.
  static func duplicate(_ number: Int32) -> Int32 { fcntl(number, F_DUPFD_CLOEXEC, first) }

  /// The smallest number that is free, above the others; `nil` if none is.
  ///
  /// What was opened a moment ago is below it.
  static var firstFree: Int32? { lowestFree(1).first }

  /// The smallest numbers that are free, above the others.
  ///
  /// - Parameter count: How many are wanted.
  /// - Returns: The numbers, in their order; less of them where the process may open no more.
  static func lowestFree(_ count: Int) -> [Int32] {
    var numbers: [Int32] = []
    while numbers.count < count {
      let number = open("/", flags)
      guard number >= 0 else { break }
      numbers.append(number)
    }
    for number in numbers { close(number) }
    return numbers.filter { $0 >= first }
  }
}
