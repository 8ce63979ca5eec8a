import Foundation

extension Fault.Failure {
  /// The HTTP status that Graph answers with.
  var status: Int {
    switch self {
    case .throttle: 429
    case .unavailable: 503
    case .gatewayTimeout: 504
    case .badGateway: 502
    case .serverError: 500
    case .forbidden, .blockPage: 403
    case .gone: 410
    case .unauthorized, .expiredSecret, .noFederation, .loginPage, .claimsChallenge: 401
    case .notFound: 404
    case .expiredPageToken, .claimsRefused: 400
    }
  }
}

extension Answer {
  /// The answer with the `Retry-After` of a failure.
  func retrying(_ failure: Fault.Failure, after retryAfter: Fault.RetryAfter) -> Answer {
    var answer = self
    switch retryAfter {
    case .standard: answer.headers["Retry-After"] = failure == .throttle ? "1" : nil
    case .none: answer.headers["Retry-After"] = nil
    case .date: answer.headers["Retry-After"] = Timestamp.http(.now + 2)
    case .text(let text): answer.headers["Retry-After"] = text
    }
    return answer
  }

  /// The answer with the distortions that apply to any JSON.
  func distorted(_ distortions: [Fault.Distortion]) -> Answer {
    var answer = self
    for distortion in distortions {
      switch distortion {
      case .unknownMembers: answer.insertMember(Self.unknownMember)
      case .deepNesting: answer.insertMember(Self.nested(10_000))
      case .hugeString(let megabytes): answer.insertMember(Self.string(of: megabytes << 20))
      case .byteOrderMark: answer.body = [0xEF, 0xBB, 0xBF] + answer.body
      case .cutJSON(let position):
        answer.body = Array(answer.body.prefix(position.offset(in: answer.body.count)))
      case .notJSON: answer = .html(status: 200, "Sign in to the guest network")
      case .emptyBody: answer.body = []
      default: break
      }
    }
    return answer
  }

  /// Adds a value under a name that no client knows, before the object's own members.
  private mutating func insertMember(_ value: [UInt8]) {
    guard let brace = body.firstIndex(of: UInt8(ascii: "{")) else { return }
    body.insert(contentsOf: Array("\"@example.unknown\":".utf8) + value + [0x2C], at: brace + 1)
  }

  /// Values of every JSON type, some under the names that clients look for.
  private static let unknownMember = Array(
    #"""
    {"value":[{"id":"x","mail":"nobody@example.com"},[],{}],"@odata.nextLink":"https://evil.example/",
    "access_token":"x","error":null,"numbers":[-2.5e3,0,true,false]}
    """#.utf8)

  private static func nested(_ depth: Int) -> [UInt8] {
    Array(repeating: UInt8(ascii: "["), count: depth)
      + Array(repeating: UInt8(ascii: "]"), count: depth)
  }

  private static func string(of length: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: UInt8(ascii: "x"), count: length + 2)
    bytes[0] = UInt8(ascii: "\"")
    bytes[length + 1] = UInt8(ascii: "\"")
    return bytes
  }
}
