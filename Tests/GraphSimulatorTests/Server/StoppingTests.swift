import Foundation
import Synchronization
import Testing

@testable import GraphSimulator

/// Tests that stopping a simulator does not affect other sockets of its process.
struct StoppingTests {
  /// Opens and closes ports as other tests of the process do, each with one client that connects.
  ///
  /// - Parameter isOver: Whether to end, after at least 300 ports.
  /// - Throws: An error if a port cannot be opened.
  /// - Returns: The number of ports, and the number of clients that something else accepted.
  static func neighbours(until isOver: @Sendable () -> Bool) throws -> (ports: Int, robbed: Int) {
    var counts = (ports: 0, robbed: 0)
    while !isOver() || counts.ports <= 300 {
      let held = try (1...8).map { _ in
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard listen(descriptor, 8) == 0,
          let port = SocketDescriptors.port(descriptor, getsockname)
        else { throw Connection.Failed() }
        return (descriptor, try Connection(port: port))
      }
      usleep(200)
      for (descriptor, client) in held {
        let accepted = accept(descriptor, nil, nil)
        counts.ports += 1
        if accepted == -1 { counts.robbed += 1 } else { close(accepted) }
        close(descriptor)
        withExtendedLifetime(client) {}
      }
    }
    return counts
  }

  @Test(.timeLimit(.minutes(2)))
  func `A stopping simulator accepts no connection of another socket`() async throws {
    let isOver = Mutex(false)
    let neighbours = Task.detached {
      try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread {
          continuation.resume(with: Result { try Self.neighbours { isOver.withLock { $0 } } })
        }
      }
    }
    for _ in 1...4 {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 1...50 {
          group.addTask {
            let simulator = try await GraphSimulator.start(SimulatorOptions(members: 1))
            let clients = try (1...4).map { _ in try Connection(port: simulator.port) }
            await simulator.stop()
            withExtendedLifetime(clients) {}
          }
        }
        try await group.waitForAll()
      }
    }
    isOver.withLock { $0 = true }
    let (ports, robbed) = try await neighbours.value
    #expect(ports > 300)
    #expect(robbed == 0)
  }
}
