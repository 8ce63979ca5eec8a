/// Something that goes wrong on purpose.
///
/// Each fault can be written as text, `KIND[:ARGUMENT]`; see ``read(_:)``.
public enum Fault: Sendable, Equatable {
  /// An error instead of the answer.
  case failure(Failure, retryAfter: RetryAfter = .standard)
  /// 400 `Request_BadRequest` for an explicit `$top` above this, as Graph's users met it in 2023;
  /// pages without `$top` are given as ever.
  case pageLimit(Int)
  /// An answer with status 200 that says something else than it should.
  case distortion(Distortion)
  /// A good answer that does not arrive as it should.
  case delivery(Delivery)

  /// What a failing answer says.
  public enum Failure: String, Sendable, CaseIterable {
    /// 429, too many requests.
    case throttle
    /// 503.
    case unavailable
    /// 504.
    case gatewayTimeout = "gateway-timeout"
    /// 502, with a page of HTML, as a gateway between gives it.
    case badGateway = "bad-gateway"
    /// 500.
    case serverError = "server-error"
    /// 403 `Authorization_RequestDenied`; at the token endpoint, refused by Conditional Access.
    case forbidden
    /// 401 `InvalidAuthenticationToken`; at the token endpoint, a wrong secret.
    case unauthorized
    /// 404 `Request_ResourceNotFound`; at the token endpoint, an unknown application.
    case notFound = "not-found"
    /// 400 `Directory_ExpiredPageToken`; for groups only, and never on page 1, which has no token.
    case expiredPageToken = "expired-page-token"
    /// 401 AADSTS7000222; for the token endpoint only.
    case expiredSecret = "expired-secret"
  }

  /// What a failing answer's `Retry-After` says.
  public enum RetryAfter: Sendable, Equatable {
    /// One second for a throttled request, no header otherwise.
    case standard
    /// No header.
    case none
    /// An HTTP date, two seconds ahead.
    case date
    /// This text, number or not.
    case text(String)
  }
}
