import FlyingFox
import FlyingSocks
import Foundation

/// The HTTP server on 127.0.0.1, from the moment it listens until it is stopped.
final class Listener: Sendable {
  /// The port it listens on.
  let port: UInt16
  private let running: Task<Void, Never>

  private init(port: UInt16, running: Task<Void, Never>) {
    self.port = port
    self.running = running
  }

  /// Begins to listen.
  ///
  /// - Parameters:
  ///   - port: The port, or 0 for any free one.
  ///   - handler: Who answers.
  /// - Throws: ``SimulatorError`` when the port cannot be had.
  /// - Returns: A server to which clients can connect.
  static func open(port: UInt16, handler: some HTTPHandler) async throws -> Listener {
    let server = HTTPServer(
      address: try sockaddr_in.inet(ip4: "127.0.0.1", port: port),
      // Slow answers are a fault to be had; the server must not end them.
      timeout: 86_400, logger: .disabled, handler: handler)
    let (events, continuation) = AsyncThrowingStream.makeStream(of: Void.self)
    let running = Task {
      do {
        try await server.run()
      } catch {
        continuation.finish(throwing: error)
      }
    }
    let waiting = Task {
      try await server.waitUntilListening()
      continuation.yield()
    }
    do {
      for try await _ in events { break }
    } catch {
      waiting.cancel()
      throw SimulatorError.cannotListen(port: port, reason: Self.reason(for: error))
    }
    guard case .ip4(_, let bound) = await server.listeningAddress else {
      running.cancel()
      throw SimulatorError.cannotListen(port: port, reason: "no address")
    }
    SocketDescriptors.sendAtOnce(port: bound)
    return Listener(port: bound, running: running)
  }

  private static func reason(for error: any Error) -> String {
    guard let error = error as? SocketError, case .failed(_, _, let message) = error else {
      return "\(error)"
    }
    return message
  }

  /// Closes the port and all connections.
  ///
  /// The loop that accepts ends before its socket is closed. `HTTPServer.stop` does it the other way
  /// round, and the loop may then accept once more on a number that another socket already has: it
  /// takes a connection that is not its own or, where that socket blocks, holds up a thread of
  /// Swift's pool for ever.
  func close() async {
    running.cancel()
    await running.value
  }
}
