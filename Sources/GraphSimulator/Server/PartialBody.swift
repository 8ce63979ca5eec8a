import FlyingFox
import FlyingSocks
import Foundation

/// The first half of a body whose whole length was promised.
///
/// What comes after it is an error, upon which the server closes the connection, or nothing.
struct PartialBody: AsyncBufferedSequence {
  typealias Element = UInt8

  /// Why the server has to close the connection.
  struct CutShort: Error {}

  let bytes: [UInt8]
  /// Whether the connection stays open instead of closing.
  let stalls: Bool

  func makeAsyncIterator() -> Iterator {
    Iterator(remaining: bytes.prefix(bytes.count / 2), stalls: stalls)
  }

  struct Iterator: AsyncBufferedIteratorProtocol {
    typealias Element = UInt8
    var remaining: ArraySlice<UInt8>
    let stalls: Bool

    mutating func next() async throws -> UInt8? {
      try await nextBuffer(suggested: 1)?.first
    }

    mutating func nextBuffer(suggested count: Int) async throws -> ArraySlice<UInt8>? {
      guard !remaining.isEmpty else {
        if stalls { try await Task.sleep(for: .seconds(86_400)) }
        throw CutShort()
      }
      defer { remaining = remaining.dropFirst(count) }
      return remaining.prefix(count)
    }
  }
}
