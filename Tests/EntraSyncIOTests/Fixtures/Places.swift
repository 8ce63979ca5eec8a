/// How many tests have a simulator at a time, so that hundreds of them do not use up the process's
/// threads and file numbers.
actor Places {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { free = count }

  /// Whether the test that asks is in a place already.
  @TaskLocal private static var isTaken = false

  /// Runs `body` in a place, which is waited for. What runs in one needs no other.
  nonisolated(nonsending) func with<Result>(
    _ body: nonisolated(nonsending) () async throws -> Result
  ) async throws -> Result {
    guard !Self.isTaken else { return try await body() }
    await take()
    do {
      let result = try await Self.$isTaken.withValue(true, operation: body)
      await leave()
      return result
    } catch {
      await leave()
      throw error
    }
  }

  private func take() async {
    guard free == 0 else { return free -= 1 }
    await withCheckedContinuation { waiting.append($0) }
  }

  private func leave() {
    guard !waiting.isEmpty else { return free += 1 }
    waiting.removeFirst().resume()
  }
}
