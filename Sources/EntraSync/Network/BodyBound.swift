/// Whether more of an answer's body is wanted.
///
/// The reader of a 200 has a bound of its own. This one is about what nobody reads to its end, and
/// about what a small answer can be unpacked to.
public enum BodyBound: Equatable, Sendable {
  /// More is wanted.
  case within
  /// The rest says nothing: what came suffices for the reason of a refusal.
  case enough
  /// No server that means well sends this.
  case exceeded(EntraSyncError)

  /// The most bytes of a refusal that are received.
  static let largestRefusal = 262_144
  /// How many bytes one byte may become. JSON in gzip stays below 20, a bomb comes to 1000.
  static let largestRatio = 200
  /// How many received bytes libcurl may not have counted yet.
  static let uncounted = 65_536

  /// Judges a body that is still arriving.
  ///
  /// - Parameters:
  ///   - httpStatus: The answer's status.
  ///   - bytes: How many bytes there are, unpacked.
  ///   - received: How many bytes were received for them.
  public init(httpStatus: Int, bytes: Int, received: Int) {
    if httpStatus != 200, bytes > BodyBound.largestRefusal {
      self = .enough
    } else if bytes / BodyBound.largestRatio > max(0, received) &+ BodyBound.uncounted {
      self = .exceeded(
        EntraSyncError(
          .server,
          "the server's answer unpacks to more than \(BodyBound.largestRatio) times its size"))
    } else {
      self = .within
    }
  }
}
