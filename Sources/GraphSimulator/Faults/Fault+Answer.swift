import Foundation

extension Fault.Failure {
  /// The HTTP status of the failure at Graph.
  var status: Int {
    switch self {
    case .throttle: 429
    case .unavailable: 503
    case .gatewayTimeout: 504
    case .badGateway: 502
    case .serverError: 500
    case .forbidden: 403
    case .unauthorized, .expiredSecret: 401
    case .notFound: 404
    case .expiredPageToken: 400
    }
  }
}

extension Answer {
  /// The answer with the `Retry-After` that a failure has.
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

  /// The answer with the distortions that any JSON can have.
  func distorted(_ distortions: [Fault.Distortion]) -> Answer {
    var answer = self
    for distortion in distortions {
      switch distortion {
      case .byteOrderMark: answer.body = [0xEF, 0xBB, 0xBF] + answer.body
      case .notJSON: answer = .html(status: 200, "Sign in to the guest network")
      case .emptyBody: answer.body = []
      default: break
      }
    }
    return answer
  }
}
