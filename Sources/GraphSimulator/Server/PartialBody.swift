import FlyingFox
import FlyingSocks
import Foundation

/// The first bytes of a body, although the headers promise its whole length.
///
/// After these bytes the sequence throws, so that the server closes the connection, or waits.
struct PartialBody: AsyncBufferedSequence {
  typealias Element = UInt8

  /// The error that makes the server close the connection.
  struct CutShort: Error {}

  let bytes: ArraySlice<UInt8>
  /// What happens after the bytes.
  let ending: Answer.Ending
  /// The connection, which is reset if the ending says so.
  let connection: AcceptedConnection

  func makeAsyncIterator() -> Iterator {
    Iterator(remaining: bytes, ending: ending, connection: connection)
  }

  struct Iterator: AsyncBufferedIteratorProtocol {
    typealias Element = UInt8
    var remaining: ArraySlice<UInt8>
    let ending: Answer.Ending
    let connection: AcceptedConnection

    mutating func next() async throws -> UInt8? {
      try await nextBuffer(suggested: 1)?.first
    }

    mutating func nextBuffer(suggested count: Int) async throws -> ArraySlice<UInt8>? {
      guard !remaining.isEmpty else {
        switch ending {
        case .close: break
        case .reset: connection.reset()
        case .silence: try await Task.sleep(for: .seconds(86_400))
        }
        throw CutShort()
      }
      defer { remaining = remaining.dropFirst(count) }
      return remaining.prefix(count)
    }
  }
}
