import Synchronization

/// The simulator without its sockets: it turns requests into answers.
final class GraphService: Sendable {
  private let registration: Registration
  private let state: Mutex<SimulatorState>

  /// Creates a service for an application, with its roles, a directory and faults.
  init(
    registration: Registration, directory: Directory, faults: [FaultRule], roles: [Role]
  ) {
    self.registration = registration
    var state = SimulatorState(directory: directory, faults: FaultPlan(faults), roles: roles)
    state.secrets = [ClientSecret(registration.clientSecret)]
    self.state = Mutex(state)
  }

  /// Reads or changes the state while nobody else does.
  func withState<Result: Sendable>(
    _ body: (inout sending SimulatorState) -> sending Result
  ) -> Result {
    state.withLock { body(&$0) }
  }

  /// Answers a request, and records it in the journal.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - isBatched: Whether the request came in a batch.
  /// - Returns: The answer.
  func answer(_ request: Request, isBatched: Bool = false) -> Answer {
    let now = ContinuousClock.now
    let route = Route(path: request.path)
    let caller = withState { $0.tokens.judge(request.headers["authorization"], now: now) }
    var answer = answer(request, route: route, caller: caller, isBatched: isBatched)
    // What answers in HTML is not Microsoft.
    let isMicrosofts = answer.contentType != "text/html"
    if isMicrosofts, answer.headers["request-id"] == nil {
      answer.headers["request-id"] = ObjectID.random()
    }
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
    case .identity(let isAppService):
      return identityAnswer(request, isAppService: isAppService)
    case .discovery(let tenant):
      return DiscoveryEndpoint(registration: registration, origin: origin)
        .answer(request, tenant: tenant)
    case .page(.members(let group, let transitive, let usersOnly)):
      let endpoint = MembersEndpoint(
        origin: origin, group: group, transitive: transitive, usersOnly: usersOnly)
      return answer(request, at: endpoint, caller: caller)
    case .page(.users):
      return answer(request, at: UsersEndpoint(origin: origin), caller: caller)
    case .page(.contacts):
      return answer(request, at: ContactsEndpoint(origin: origin), caller: caller)
    case .page(.memberOf(let user, let isContact, let groupsOnly)):
      let endpoint = MemberOfEndpoint(
        origin: origin, user: user, isContact: isContact, groupsOnly: groupsOnly)
      return answer(request, at: endpoint, caller: caller)
    case .checkMemberGroups(let user, let isContact):
      let endpoint = CheckMemberGroupsEndpoint(origin: origin, user: user, isContact: isContact)
      return answer(request, at: endpoint, caller: caller)
    case .group(let group):
      return answer(request, at: GroupEndpoint(origin: origin, group: group), caller: caller)
    case .user(let user):
      return answer(request, at: UserEndpoint(origin: origin, user: user), caller: caller)
    case .contact(let contact):
      return answer(request, at: ContactEndpoint(origin: origin, contact: contact), caller: caller)
    case .application(let id):
      let endpoint = ApplicationEndpoint(
        origin: origin, clientID: id, registration: registration)
      return answer(request, at: endpoint, caller: caller)
    case .batch where !isBatched:
      let endpoint = BatchEndpoint { self.answer($0, isBatched: true) }
      return answer(request, at: endpoint, caller: caller)
    case .batch, .unknown:
      return GraphError(
        status: 404, code: "BadRequest", message: "Resource not found for the segment."
      ).answer(clientRequestID: request.headers["client-request-id"])
    }
  }

  private func identityAnswer(_ request: Request, isAppService: Bool) -> Answer {
    withState { state in
      let strike = state.faults.strike(Occasion(target: .identity))
      let endpoint = IdentityEndpoint(
        isAppService: isAppService, registration: registration,
        resources: ["https://graph.microsoft.com", state.origin, IdentityEndpoint.exchange])
      return endpoint.answer(request, strike: strike, state: &state)
        .delivered(strike.deliveries, target: request.target, origin: state.origin)
    }
  }

  private func tokenAnswer(_ request: Request, tenant: String) -> Answer {
    withState { state in
      let hasClaims = TokenEndpoint.fieldNames(request.body).contains("claims")
      let strike = state.faults.strike(Occasion(target: .token, hasClaims: hasClaims))
      let endpoint = TokenEndpoint(
        registration: registration, resources: ["https://graph.microsoft.com", state.origin],
        roles: state.roles, authorities: ["https://login.microsoftonline.com", state.origin],
        secrets: state.secrets, federations: state.federations)
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
      // A broken client may send its secret in the query.
      target: isToken ? request.path : request.target,
      headers: request.headers.filter {
        !["authorization", "proxy-authorization", "cookie", "x-identity-header"].contains($0.key)
      },
      bearer: bearer, formFields: isToken ? TokenEndpoint.fieldNames(request.body) : [],
      status: status, connection: request.connection, received: now)
  }
}

/// The state of a simulator, which requests and tests change.
struct SimulatorState: Sendable {
  /// The groups and their members.
  var directory: Directory
  /// The fault rules in force.
  var faults: FaultPlan
  /// The roles of the application in the tokens that are issued from now on.
  var roles: [Role]
  /// The access tokens that were issued.
  var tokens = IssuedTokens()
  /// The machine that clients run on.
  var machine = Machine()
  /// The client secrets of the application.
  var secrets: [ClientSecret] = []
  /// The federated credentials of the application.
  var federations: [FederatedCredential] = []
  /// The paths of the keys that Azure Arc's agent has named, by their contents.
  var keys: [String: String] = [:]
  /// The skip tokens that were issued.
  var skipTokens = SkipTokens()
  /// The requests received.
  var journal = Journal()
  /// The scheme, host and port that clients use; set once the simulator listens.
  var origin = ""
  /// The port that the simulator listens on; set once it listens.
  var port: UInt16 = 0
}
