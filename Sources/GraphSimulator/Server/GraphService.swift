import Synchronization

/// The simulator without its sockets: requests in, answers out.
final class GraphService: Sendable {
  private let registration: Registration
  private let state: Mutex<SimulatorState>

  /// A service for an application, what it may do, and a directory.
  init(
    registration: Registration, directory: Directory, faults: [FaultRule], roles: [Role]
  ) {
    self.registration = registration
    state = Mutex(SimulatorState(directory: directory, faults: FaultPlan(faults), roles: roles))
  }

  /// Reads or changes the state, alone.
  func withState<Result: Sendable>(
    _ body: (inout sending SimulatorState) -> sending Result
  ) -> Result {
    state.withLock { body(&$0) }
  }

  /// The answer to a request, which is noted in the journal.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - isBatched: Whether it came in a batch.
  /// - Returns: The answer.
  func answer(_ request: Request, isBatched: Bool = false) -> Answer {
    let now = ContinuousClock.now
    let route = Route(path: request.path)
    let caller = withState { $0.tokens.judge(request.headers["authorization"], now: now) }
    var answer = answer(request, route: route, caller: caller, isBatched: isBatched)
    if answer.headers["request-id"] == nil { answer.headers["request-id"] = ObjectID.random() }
    answer.headers["client-request-id"] = request.headers["client-request-id"]
    answer.headers["Date"] = Timestamp.http()
    var received = record(
      request, route: route, bearer: caller.bearer, status: answer.status, at: now)
    received.isBatched = isBatched
    withState { [received] in $0.journal.append(received) }
    return answer
  }

  private func answer(
    _ request: Request, route: Route, caller: Caller, isBatched: Bool
  ) -> Answer {
    let origin = withState { $0.origin }
    switch route {
    case .token(let tenant): return tokenAnswer(request, tenant: tenant)
    case .discovery(let tenant):
      return DiscoveryEndpoint(registration: registration, origin: origin)
        .answer(request, tenant: tenant)
    case .page(.members(let group, let transitive, let usersOnly)):
      let endpoint = MembersEndpoint(
        origin: origin, group: group, transitive: transitive, usersOnly: usersOnly)
      return answer(request, at: endpoint, caller: caller)
    case .page(.users):
      return answer(request, at: UsersEndpoint(origin: origin), caller: caller)
    case .page(.memberOf(let user, let groupsOnly)):
      let endpoint = MemberOfEndpoint(origin: origin, user: user, groupsOnly: groupsOnly)
      return answer(request, at: endpoint, caller: caller)
    case .checkMemberGroups(let user):
      let endpoint = CheckMemberGroupsEndpoint(origin: origin, user: user)
      return answer(request, at: endpoint, caller: caller)
    case .group(let group):
      return answer(request, at: GroupEndpoint(origin: origin, group: group), caller: caller)
    case .batch where !isBatched:
      let endpoint = BatchEndpoint { self.answer($0, isBatched: true) }
      return answer(request, at: endpoint, caller: caller)
    case .batch, .unknown:
      return GraphError(
        status: 404, code: "BadRequest", message: "Resource not found for the segment."
      ).answer(clientRequestID: request.headers["client-request-id"])
    }
  }

  private func tokenAnswer(_ request: Request, tenant: String) -> Answer {
    withState { state in
      let strike = state.faults.strike(Occasion(target: .token))
      let endpoint = TokenEndpoint(
        registration: registration, resources: ["https://graph.microsoft.com", state.origin],
        roles: state.roles, authorities: ["https://login.microsoftonline.com", state.origin])
      return endpoint.answer(request, tenant: tenant, strike: strike, tokens: &state.tokens)
        .delivered(strike.deliveries, target: request.path, origin: state.origin)
    }
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

/// Everything that requests and tests change.
struct SimulatorState: Sendable {
  /// The groups and who is in them.
  var directory: Directory
  /// What goes wrong on purpose.
  var faults: FaultPlan
  /// What the application is allowed to do, by the tokens given out from now on.
  var roles: [Role]
  /// The access tokens given out.
  var tokens = IssuedTokens()
  /// The page tokens given out.
  var skipTokens = SkipTokens()
  /// The requests received.
  var journal = Journal()
  /// The simulator's own scheme and host, known once it listens.
  var origin = ""
  /// The port that it listens on, known from then on too.
  var port: UInt16 = 0
}
