/// The requests received so far, the newest of them only once there are very many.
struct Journal: Sendable {
  /// How many are kept at least.
  static let capacity = 10_000

  /// The requests, oldest first.
  private(set) var requests: [ReceivedRequest] = []

  /// Adds a request.
  mutating func append(_ request: ReceivedRequest) {
    // Dropping half at a time keeps appending cheap.
    if requests.count >= 2 * Self.capacity { requests.removeFirst(Self.capacity) }
    requests.append(request)
  }

  /// Forgets all requests.
  mutating func clear() {
    requests = []
  }
}
