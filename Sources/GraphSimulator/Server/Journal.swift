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

/// What the simulator remembers of a request: enough to check a client, and nothing secret.
public struct ReceivedRequest: Sendable, Equatable {
  /// What the `Authorization` header was worth.
  public enum Bearer: Sendable, Equatable {
    /// There was none.
    case absent
    /// A token that this simulator gave out and that is still good.
    case good
    /// A token that this simulator gave out, too old by now.
    case expired
    /// Anything else.
    case unknown
  }

  /// The method, in capital letters.
  public let method: String
  /// Path and query as they came; the token endpoint's without its query.
  public let target: String
  /// The headers, their names in lower case, without `authorization` and cookies.
  public let headers: [String: String]
  /// What the `Authorization` header was worth.
  public let bearer: Bearer
  /// The names of the form's fields in their order, without the values.
  public let formFields: [String]
  /// The HTTP status that was answered.
  public let status: Int
  /// The client's port: requests with the same one came over one connection.
  public let connection: UInt16
  /// When it came.
  public let received: ContinuousClock.Instant
  /// Whether it came in a batch, which is noted after the requests in it: those that are not batched
  /// are the round trips.
  public var isBatched = false
}
