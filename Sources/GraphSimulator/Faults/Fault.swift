/// Something that goes wrong on purpose.
///
/// Each fault can be written as text, `KIND[:ARGUMENT]`; see ``init(_:)``.
public enum Fault: Sendable, Equatable {
  /// An error instead of the answer, the first `times` times, or every time when `times` is nil.
  case failure(Failure, times: Int? = nil, retryAfter: RetryAfter = .standard)
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
    /// 400 `Directory_ExpiredPageToken`; for groups only.
    case expiredPageToken = "expired-page-token"
    /// 401 AADSTS7000222; for the token endpoint only.
    case expiredSecret = "expired-secret"
  }

  /// How an answer with status 200 is wrong.
  public enum Distortion: Sendable, Equatable {
    /// Users carry `@odata.type` and `id` and are null otherwise: `User.Read.All` is missing.
    case missingPermission
    /// These attributes are null for everybody.
    case nullAttributes([Attribute])
    /// These attributes are left out of everybody.
    case absentAttributes([Attribute])
    /// These attributes are a number instead.
    case wrongType([Attribute])
    /// The group looks empty: one page without members or nextLink.
    case emptyAnswer
    /// Before every page comes an empty one with a nextLink, which is legal.
    case emptyPage
    /// Every page but the first leads to itself; the first does when it is the only one.
    case repeatedNextLink
    /// The last page leads to the first under a new link, so the paging never ends.
    case endlessPages
    /// Every page has a nextLink to this scheme and host.
    case foreignNextLink(origin: String)
    /// Every page but the first begins with the last member of the page before.
    case repeatedMembers
    /// The object has no `value`; at the token endpoint, no `access_token`.
    case noValue
    /// `value` is an object.
    case valueNotArray
    /// The middle of `value` is a string, which is no member.
    case memberNotObject
    /// After half of the members comes the JSON of an error, and nothing after it.
    case splicedError
    /// A display name or address in the middle holds bytes that are no UTF-8.
    case badUTF8
    /// The JSON begins with a byte order mark.
    case byteOrderMark
    /// Everything beyond ASCII is written as `\uXXXX`, which is legal.
    case escaped
    /// A page of HTML.
    case notJSON
    /// No body at all.
    case emptyBody
    /// The token lives this many seconds; for the token endpoint only.
    case shortToken(seconds: Int)
    /// `expires_in` is a string, as older endpoints write it; for the token endpoint only.
    case textExpiry
  }

  /// How a good answer fails to arrive.
  public enum Delivery: Sendable, Equatable {
    /// The connection closes after half of the promised bytes.
    case cutBody
    /// Half of the promised bytes are sent; then nothing, for as long as the client waits.
    case stall
    /// The answer waits this many milliseconds.
    case slow(milliseconds: Int)
    /// 302 to another host.
    case redirect(origin: String)
    /// 307 to itself, for ever.
    case redirectLoop
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
