/// A proxy's answer by which it refuses to connect to the server.
///
/// Source: RFC 9110, sections 9.3.6 (CONNECT), 15.5.8 and 15.6.
public struct ProxyRefusal: Equatable, Sendable {
  /// The proxy's status.
  public let httpStatus: Int
  /// The methods in which it takes users, as it names them.
  public let methods: [String]

  /// What the log says where a password is tried after a Kerberos ticket.
  ///
  /// - Parameter server: The server that the request is for.
  /// - Returns: A line of the log.
  public static func untakenTicket(_ server: String) -> String {
    "on the way to \(server) the proxy takes no Kerberos ticket of this process; the run goes on "
      + "with user and password"
  }

  /// Creates a refusal from a status; `nil` for a status below 300, which is not one.
  ///
  /// - Parameters:
  ///   - httpStatus: The proxy's answer to CONNECT, or 0 if no proxy was asked.
  ///   - methods: The methods in which it takes users, such as `Negotiate`.
  public init?(httpStatus: Int, methods: [String] = []) {
    guard httpStatus >= 300 else { return nil }
    self.httpStatus = httpStatus
    self.methods = methods
  }

  /// Whether another try may succeed.
  public var mayPass: Bool { RetryPolicy.passingStatuses.contains(httpStatus) }

  /// What it means and what to do about it.
  ///
  /// - Parameters:
  ///   - server: The server that the request was for.
  ///   - proxy: The key or environment variable that names the proxy.
  /// - Returns: A message, without the proxy's own URL.
  func message(_ server: String, proxy: String) -> String {
    let answer = "(HTTP \(httpStatus))"
    switch httpStatus {
    case 407 where methods.map { $0.lowercased() } == ["negotiate"]:
      return "the proxy asks for a Kerberos ticket before it connects to \(server) "
        + "(HTTP \(httpStatus), offering Negotiate alone); get one with kinit, or have its "
        + "administrator allow NTLM, Digest or Basic, which take the password in \(proxy)"
    case 407, 401:
      // Some proxies answer 401, which only servers should.
      let offer = methods.isEmpty ? "" : ", offering \(methods.joined(separator: ", "))"
      return "the proxy asks for a user and a password before it connects to \(server) "
        + "(HTTP \(httpStatus)\(offer)); check those in \(proxy)"
    case 403:
      return "the proxy does not allow connections to \(server) \(answer); have its administrator "
        + "allow them, or check \(proxy)"
    case 300..<400, 511:
      return "the proxy, or the login portal of a network, wants somebody to sign in there before "
        + "it connects to \(server) \(answer); have it let this server through, or check \(proxy)"
    case 429, 500...:
      return "the proxy cannot reach \(server) \(answer); check the proxy and its network"
    default:
      return "the proxy refuses to connect to \(server) \(answer); check \(proxy)"
    }
  }
}
