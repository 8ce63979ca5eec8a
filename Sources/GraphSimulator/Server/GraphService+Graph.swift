extension GraphService {
  /// Answers a request to one of Graph's endpoints, with the faults that strike it.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - endpoint: The endpoint that the request came to.
  ///   - caller: The sender of the request.
  /// - Returns: The answer.
  func answer(_ request: Request, at endpoint: some GraphEndpoint, caller: Caller) -> Answer {
    let origin = withState { $0.origin }
    let clientRequestID = request.headers["client-request-id"]
    switch outcome(of: request, at: endpoint, caller: caller) {
    case .refusal(let error): return error.answer(clientRequestID: clientRequestID)
    case .answer(let draft, let strike):
      return draft().delivered(strike.deliveries, target: request.target, origin: origin)
    case .failure(let failure, let strike):
      let answer =
        failure.title.map { Answer.html(status: failure.status, $0) }
        ?? GraphError.failure(
          failure, resource: endpoint.resource, claims: withState { $0.tokens.claims }
        ).answer(clientRequestID: clientRequestID)
      return answer.retrying(failure, after: strike.failure?.retryAfter ?? .standard)
        .delivered(strike.deliveries, target: request.target, origin: origin)
    }
  }

  /// The decision on a request, before the answer is written.
  private enum Outcome: Sendable {
    case refusal(GraphError)
    case failure(Fault.Failure, Strike)
    case answer(@Sendable () -> Answer, Strike)
  }

  private func outcome(
    of request: Request, at endpoint: some GraphEndpoint, caller: Caller
  ) -> Outcome {
    withState { state in
      do throws(GraphError) {
        try caller.check(endpoint.roles)
        guard request.method == endpoint.method else { throw .methodNotAllowed }
        let question = try endpoint.question(request, state: state)
        let strike = state.faults.strike(endpoint.occasion(of: question))
        if let limit = strike.pageLimit { throw .pageTooLarge(limit: limit) }
        if strike.failure?.kind == .claimsChallenge { state.tokens.demandClaims() }
        if let failure = strike.failure { return .failure(failure.kind, strike) }
        let quirks: [(Role, Fault.Distortion)] = [
          (.userReadAll, .missingPermission), (.memberReadHidden, .hiddenMembers),
          (.orgContactReadAll, .missingContactPermission),
        ]
        let quirk = quirks.filter { !caller.roles.contains($0.0) }.map(\.1)
        return .answer(
          try endpoint.draft(
            question, target: request.target, distortions: strike.distortions + quirk,
            state: &state),
          strike)
      } catch {
        return .refusal(error)
      }
    }
  }
}
