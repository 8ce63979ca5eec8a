/// A fault: something that the simulator does wrong on purpose.
///
/// Each fault can be written as a text, `KIND[:ARGUMENT]`; see ``read(_:)``.
public enum Fault: Sendable, Equatable {
  /// An error instead of the answer.
  case failure(Failure, retryAfter: RetryAfter = .standard)
  /// 400 `Request_BadRequest` for a `$top` above this, as Graph answered its users in 2023.
  ///
  /// Requests without `$top` get their pages.
  case pageLimit(Int)
  /// An answer with status 200 and a wrong or unusual body.
  case distortion(Distortion)
  /// A good answer that does not arrive as it should.
  case delivery(Delivery)

  /// The error of a failing answer.
  public enum Failure: String, Sendable, CaseIterable {
    /// 429: too many requests.
    case throttle
    /// 503.
    case unavailable
    /// 504.
    case gatewayTimeout = "gateway-timeout"
    /// 502 with a body of HTML, as a gateway on the way sends it.
    case badGateway = "bad-gateway"
    /// 500.
    case serverError = "server-error"
    /// 403 `Authorization_RequestDenied`; at the token endpoint, a refusal by Conditional Access.
    case forbidden
    /// 401 `InvalidAuthenticationToken`; at the token endpoint, a wrong secret.
    case unauthorized
    /// 404 `Request_ResourceNotFound`; at the token endpoint, an unknown application.
    case notFound = "not-found"
    /// 400 `Directory_ExpiredPageToken`; for pages only, but not for page 1, which has no token.
    case expiredPageToken = "expired-page-token"
    /// 410, as long as a machine's token service is being updated; for that service only.
    case gone
    /// 401 AADSTS700213, as long as a new federated credential is not known everywhere; for the
    /// token endpoint only.
    case noFederation = "no-federation"
    /// 401 AADSTS7000222; for the token endpoint only.
    case expiredSecret = "expired-secret"
    /// 403 with a body of HTML, as a proxy or a firewall sends it in place of the server.
    case blockPage = "block-page"
    /// 401 with a body of HTML, as the login portal of a network sends it.
    case loginPage = "login-page"
    /// 401 with a claims challenge: from now on Graph accepts only tokens that were asked for with
    /// those claims; not for the token endpoint.
    case claimsChallenge = "claims-challenge"
    /// The refusal by Conditional Access of a token request that has claims; for the token endpoint
    /// only.
    case claimsRefused = "claims-refused"

    /// The title of the body, if it is HTML.
    var title: String? {
      switch self {
      case .badGateway: "502 Bad Gateway"
      case .blockPage: "Blocked by policy"
      case .loginPage: "Sign in to the network"
      default: nil
      }
    }
  }

  /// The `Retry-After` of a failing answer.
  public enum RetryAfter: Sendable, Equatable {
    /// One second for ``Failure/throttle``; otherwise no header.
    case standard
    /// No header.
    case none
    /// An HTTP date two seconds from now.
    case date
    /// This text, which need not be a number.
    case text(String)
  }
}
