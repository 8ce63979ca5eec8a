/// The requests received so far; of very many, only the newest.
struct Journal: Sendable {
  /// The smallest number of requests that are kept.
  static let capacity = 10_000

  /// The requests, oldest first.
  private(set) var requests: [ReceivedRequest] = []

  /// Adds a request.
  mutating func append(_ request: ReceivedRequest) {
    // Removing half at a time keeps appending cheap.
    if requests.count >= 2 * Self.capacity { requests.removeFirst(Self.capacity) }
    requests.append(request)
  }

  /// Forgets all requests.
  mutating func clear() {
    requests = []
  }
}

/// A record of a request: enough to check a client, and nothing secret.
public struct ReceivedRequest: Sendable, Equatable {
  /// The state of an access token in an `Authorization` header.
  public enum Bearer: Sendable, Equatable {
    /// There was no header.
    case absent
    /// The token is one that this simulator issued, and it has not expired.
    case good
    /// The token is one that this simulator issued, but it has expired.
    case expired
    /// The token was asked for without the claims that Graph demands.
    case challenged
    /// The header has anything else.
    case unknown
  }

  /// The method, in capital letters.
  public let method: String
  /// The path and query as they were received; for the token endpoint, the path alone.
  public let target: String
  /// The headers, with names in lower case, without authorization headers and cookies.
  public let headers: [String: String]
  /// The state of the access token.
  public let bearer: Bearer
  /// The names of the form's fields, in their order; the values are not recorded.
  public let formFields: [String]
  /// The HTTP status of the answer.
  public let status: Int
  /// The client's port, which tells connections apart.
  public let connection: UInt16
  /// The time at which the request was received.
  public let received: ContinuousClock.Instant
  /// Whether the request came in a batch.
  ///
  /// A batch is recorded after its requests. Only requests that were not batched are round trips.
  public var isBatched = false
}
