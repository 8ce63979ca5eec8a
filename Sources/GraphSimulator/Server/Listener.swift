import FlyingFox
import FlyingSocks
import Foundation

/// The HTTP server on 127.0.0.1, from the moment it listens until it is closed.
final class Listener: Sendable {
  /// The port that the server listens on.
  let port: UInt16
  private let running: Task<Void, Never>

  private init(port: UInt16, running: Task<Void, Never>) {
    self.port = port
    self.running = running
  }

  /// Starts to listen.
  ///
  /// - Parameters:
  ///   - port: The port, or 0 for any free port.
  ///   - handler: The handler that answers requests.
  /// - Throws: ``SimulatorError`` if the server cannot listen on the port.
  /// - Returns: A server that clients can connect to.
  static func open(port: UInt16, handler: some HTTPHandler) async throws -> Listener {
    let server = HTTPServer(
      address: try sockaddr_in.inet(ip4: "127.0.0.1", port: port),
      // Slow answers are one of the faults; the server must not end them early.
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
  /// The loop that accepts connections ends before its socket is closed. `HTTPServer.stop` does it
  /// the other way round. The loop may then call accept once more on a descriptor that by now
  /// belongs to another socket: it takes a connection of that socket or, if that socket blocks,
  /// blocks a thread of Swift's pool for ever.
  func close() async {
    running.cancel()
    await running.value
  }
}
