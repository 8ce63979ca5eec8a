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

  /// For how many seconds Graph wants no request, not only not this one, and what it said; `nil` if
  /// it does not.
  var throttling: (delay: Double, refusal: EntraSyncError)? {
    guard case .refused(let refusal) = self, refusal.httpStatus == 429 else { return nil }
    return (refusal.retryAfter ?? 0, refusal.error)
  }
}

extension ClaimsChallenge? {
  /// What the log says about a token that has to be replaced.
  var reason: String {
    self == nil
      ? "the token is not accepted, sign in again"
      : "Conditional Access demands another token, sign in again with its claims"
  }
}

extension Transfer {
  /// Why a request to Graph brought no 200.
  ///
  /// - Parameters:
  ///   - subject: What it was about.
  ///   - isTokenBorrowed: Whether another process had left the token.
  /// - Returns: `nil` for a 200.
  func setback(
    about subject: GraphRefusal.Subject, isTokenBorrowed: Bool
  ) -> RequestCourse.Outcome? {
    switch ending {
    case .broken(let error): return .broken(foreignError(inPlaceOf: .graph) ?? error)
    case .failed(let error): return .failed(error)
    case .answered where httpStatus == 200: return nil
    case .answered:
      let challenge = httpStatus == 401 ? ClaimsChallenge(challenges, parse: JSONValue.init) : nil
      let error = GraphRefusal.error(
        httpStatus: httpStatus, answer: reader.refusal(), requestID: headers["request-id"],
        page: reader.foreignAnswer(httpStatus: httpStatus), isChallenge: challenge != nil,
        date: headers["date"], about: subject, configuration: configuration)
      return .refused(
        RequestCourse.Refusal(
          error: error, httpStatus: httpStatus, retryAfter: retryAfter, location: redirectTarget,
          isTokenBorrowed: isTokenBorrowed, challenge: challenge))
    }
  }

  /// What comes of reading the body of a 200 from Graph.
  ///
  /// - Parameter read: Reads it.
  /// - Returns: `.broken` with what `read` has thrown, or with who answered in Graph's place.
  func outcome(
    _ read: (AnswerReader) throws(EntraSyncError) -> Void
  ) -> RequestCourse.Outcome {
    do throws(EntraSyncError) {
      try read(reader)
      return .complete
    } catch {
      return .broken(foreignError(inPlaceOf: .graph) ?? error)
    }
  }

  /// The error of a 200 that something between here and the server has answered; `nil` for any
  /// other answer, and for one whose body was not read to its end.
  ///
  /// - Parameter place: Which server was asked.
  /// - Returns: The error.
  func foreignError(inPlaceOf place: ForeignAnswer.Place) -> EntraSyncError? {
    guard httpStatus == 200 else { return nil }
    return reader.foreignAnswer(httpStatus: 200)?
      .error(httpStatus: 200, inPlaceOf: place, configuration)
  }
}
