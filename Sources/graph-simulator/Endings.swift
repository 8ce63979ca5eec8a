import Foundation

/// The signals that end the program.
enum Endings {
  /// From now on, SIGTERM and SIGINT end the program with status 0, whatever it is doing.
  ///
  /// A plain handler is in force as soon as this returns. A dispatch source is not: a signal that
  /// came while it was being set up was lost.
  static func watch() {
    for number in [SIGTERM, SIGINT] {
      // There is nothing to save, and _exit may be called in a handler.
      signal(number) { _ in _exit(0) }
    }
  }

  /// Waits for one of them.
  static func wait() async throws {
    while true { try await Task.sleep(for: .seconds(3600)) }
  }
}
