/// Decides where a redirect may lead: to the same scheme, host and port, and nowhere else.
///
/// The token goes with the request, so a host that nobody configured must never be asked.
///
/// Source: RFC 9110, section 15.4; Microsoft Graph's client design, `RedirectHandler`, whose cases
/// of another host, scheme or port are refused here rather than followed without the token, since
/// what such a place says about a group is not Graph's.
public enum Redirect {
  /// How many redirects of one request are followed.
  public static let mostHops = 5

  /// Whether a status is a redirect that a client follows by itself.
  ///
  /// - Parameter httpStatus: The answer's status.
  /// - Returns: `false` also for 300, 304 and 305, which are no answer to a plain request.
  public static func isRedirect(_ httpStatus: Int) -> Bool {
    [301, 302, 303, 307, 308].contains(httpStatus)
  }

  /// The URL to ask next.
  ///
  /// - Parameters:
  ///   - httpStatus: The answer's status, for the message.
  ///   - location: The absolute URL that Location leads to; `nil` if there was none.
  ///   - hops: How many redirects of this request were followed before.
  ///   - graph: The only place that may be asked.
  /// - Throws: `.server`, naming the place, for another place, for no place, and for a chain.
  /// - Returns: A URL of `graph`.
  public static func target(
    httpStatus: Int, location: String?, hops: Int, graph: Endpoint
  ) throws(EntraSyncError) -> String {
    guard let location, !location.isEmpty else {
      throw EntraSyncError(
        .server,
        "Graph answered with a redirect (HTTP \(httpStatus)) that names no place; check GRAPHURL "
          + "and the proxy")
    }
    try graph.admit(location, named: "Graph's redirect")
    guard hops < mostHops else {
      throw EntraSyncError(
        .server,
        "Graph redirects in a circle: more than \(mostHops) redirects of one request; check "
          + "GRAPHURL and the proxy")
    }
    return location
  }
}
