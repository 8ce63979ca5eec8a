import EntraSync

extension RequestCourse.Outcome {
  /// What the log says about an outcome that another try may change.
  var reason: String {
    switch self {
    case .complete: "whole"
    case .broken(let error), .failed(let error): error.message
    case .refused(let refusal): "HTTP \(refusal.httpStatus)"
    }
  }
}

extension Transfer {
  /// Why a request to Graph brought no 200.
  ///
  /// - Parameters:
  ///   - subject: What it was about.
  ///   - isTokenBorrowed: Whether another process had left the token.
  /// - Returns: `nil` for a 200, whose body must still be read to its end.
  func setback(
    about subject: GraphRefusal.Subject, isTokenBorrowed: Bool
  ) -> RequestCourse.Outcome? {
    switch ending {
    case .broken(let error): return .broken(error)
    case .failed(let error): return .failed(error)
    case .answered where httpStatus == 200: return nil
    case .answered:
      let error = GraphRefusal.error(
        httpStatus: httpStatus, answer: reader.refusal(), requestID: headers["request-id"],
        about: subject, configuration: configuration)
      return .refused(
        RequestCourse.Refusal(
          error: error, httpStatus: httpStatus, retryAfter: retryAfter, location: redirectTarget,
          isTokenBorrowed: isTokenBorrowed))
    }
  }
}
