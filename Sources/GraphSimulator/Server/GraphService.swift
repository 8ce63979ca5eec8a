import Synchronization

/// The simulator without its sockets: requests in, answers out.
final class GraphService: Sendable {
  private let registration: Registration
  private let state: Mutex<SimulatorState>

  /// A service for an application and a directory.
  init(registration: Registration, directory: Directory, faults: [FaultRule]) {
    self.registration = registration
    state = Mutex(SimulatorState(directory: directory, faults: FaultPlan(faults)))
  }

  /// Reads or changes the state, alone.
  func withState<Result: Sendable>(
    _ body: (inout sending SimulatorState) -> sending Result
  ) -> Result {
    state.withLock { body(&$0) }
  }

  /// The answer to a request, which is noted in the journal.
  func answer(_ request: Request) -> Answer {
    let now = ContinuousClock.now
    let route = Route(path: request.path)
    let bearer = withState { $0.tokens.judge(request.headers["authorization"], now: now) }
    var answer =
      switch route {
      case .token(let tenant): tokenAnswer(request, tenant: tenant)
      case .discovery(let tenant):
        DiscoveryEndpoint(registration: registration, origin: withState { $0.origin })
          .answer(request, tenant: tenant)
      case .members(let group, let collection):
        membersAnswer(request, group: group, collection: collection, bearer: bearer)
      case .unknown:
        GraphError(
          status: 404, code: "BadRequest", message: "Resource not found for the segment."
        ).answer(clientRequestID: request.headers["client-request-id"])
      }
    if answer.headers["request-id"] == nil { answer.headers["request-id"] = ObjectID.random() }
    answer.headers["client-request-id"] = request.headers["client-request-id"]
    answer.headers["Date"] = Timestamp.http()
    let received = record(request, route: route, bearer: bearer, status: answer.status, at: now)
    withState { $0.journal.append(received) }
    return answer
  }

  private func tokenAnswer(_ request: Request, tenant: String) -> Answer {
    withState { state in
      let strike = state.faults.strike(group: nil, page: 1)
      let endpoint = TokenEndpoint(
        registration: registration, resources: ["https://graph.microsoft.com", state.origin],
        authorities: ["https://login.microsoftonline.com", state.origin])
      return endpoint.answer(request, tenant: tenant, strike: strike, tokens: &state.tokens)
        .delivered(strike.deliveries, target: request.path, origin: state.origin)
    }
  }

  private func membersAnswer(
    _ request: Request, group: String, collection: PageRequest.Collection,
    bearer: ReceivedRequest.Bearer
  ) -> Answer {
    let origin = withState { $0.origin }
    let outcome: Outcome = withState { state in
      let endpoint = MembersEndpoint(origin: state.origin)
      do throws(GraphError) {
        if let refusal = GraphError.refusal(of: bearer) { throw refusal }
        let pageRequest = try endpoint.pageRequest(
          request, group: group, collection: collection, tokens: state.skipTokens)
        let strike = state.faults.strike(
          group: pageRequest.group, page: pageRequest.page, top: pageRequest.top)
        if let limit = strike.pageLimit { throw .pageTooLarge(limit: limit) }
        if let failure = strike.failure { return .failure(failure.kind, strike) }
        return .page(
          try endpoint.draft(
            pageRequest, target: request.target, distortions: strike.distortions,
            directory: &state.directory, tokens: &state.skipTokens),
          strike)
      } catch {
        return .refusal(error)
      }
    }
    let clientRequestID = request.headers["client-request-id"]
    switch outcome {
    case .refusal(let error): return error.answer(clientRequestID: clientRequestID)
    case .page(let draft, let strike):
      return draft.answer().delivered(
        strike.deliveries, target: request.target, origin: origin)
    case .failure(let failure, let strike):
      let answer =
        failure == .badGateway
        ? .html(status: 502, "502 Bad Gateway")
        : GraphError.failure(failure, group: group).answer(clientRequestID: clientRequestID)
      return answer.retrying(failure, after: strike.failure?.retryAfter ?? .standard)
        .delivered(strike.deliveries, target: request.target, origin: origin)
    }
  }

  /// How a request for members ends.
  private enum Outcome: Sendable {
    case refusal(GraphError)
    case failure(Fault.Failure, Strike)
    case page(MembersEndpoint.Draft, Strike)
  }

  private func record(
    _ request: Request, route: Route, bearer: ReceivedRequest.Bearer, status: Int,
    at now: ContinuousClock.Instant
  ) -> ReceivedRequest {
    let isToken = if case .token = route { true } else { false }
    return ReceivedRequest(
      method: request.method,
      // A broken client may put its secret into the token endpoint's query.
      target: isToken ? request.path : request.target,
      headers: request.headers.filter {
        !["authorization", "proxy-authorization", "cookie"].contains($0.key)
      },
      bearer: bearer, formFields: isToken ? TokenEndpoint.fieldNames(request.body) : [],
      status: status, connection: request.connection, received: now)
  }
}
