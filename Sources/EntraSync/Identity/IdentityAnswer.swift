/// What an answer of a machine's ``IdentityService`` means, and what an administrator can do about
/// it.
///
/// Source: Microsoft Entra, "How to use managed identities for Azure resources on an Azure VM to
/// acquire an access token", error handling; MSAL's retry policies of managed identities.
public struct IdentityAnswer: Sendable {
  /// Who was asked.
  public let service: IdentityService
  /// Whose token was asked for.
  public let identity: ManagedIdentity
  /// Whose keys and lines the messages name.
  public let configuration: Configuration

  /// What an answer other than a token leads to.
  public enum Step: Equatable, Sendable {
    /// To prove by a file who asks.
    case prove(ArcChallenge)
    /// To ask again, at most so many times, since it may pass.
    case askAgain(EntraSyncError, atMost: Int)
    /// To give up.
    case fail(EntraSyncError)
  }

  /// How often a service is asked again that may not be there at all.
  public static let fewRetries = 3
  /// The age at which a token that lives for this long or longer is renewed: half of it.
  private static let longLife = 7200.0

  /// Prepares to judge answers.
  ///
  /// - Parameters:
  ///   - service: Who was asked.
  ///   - identity: Whose token was asked for.
  ///   - configuration: Whose keys and lines the messages name.
  public init(
    of service: IdentityService, about identity: ManagedIdentity, _ configuration: Configuration
  ) {
    self.service = service
    self.identity = identity
    self.configuration = configuration
  }

  /// Reads the token of a 200.
  ///
  /// - Parameters:
  ///   - answer: The JSON document.
  ///   - now: When the request was sent, on the clock that never goes back.
  ///   - wall: The time in seconds since 1970.
  /// - Throws: `.server` if it holds no usable token.
  /// - Returns: The token.
  public func token(
    _ answer: JSONValue?, now: Double, wall: Double
  ) throws(EntraSyncError) -> Token {
    guard let answer, let text = answer["access_token"]?.text, Token.isWellFormed(text.utf8),
      answer["token_type"]?.text.map({ $0.lowercased() == "bearer" }) ?? true
    else { throw noToken }
    let left = answer["expires_on"]?.integer.map { Double($0) - wall }
    let said = answer["expires_in"]?.integer.map(Double.init) ?? left
    let lifetime = min(said ?? Double(Token.defaultLifetime), Double(Token.longestLifetime))
    guard lifetime > 0 else {
      throw EntraSyncError(
        .server,
        "\(service.origin) gave a token of the managed identity that has ended; set this server's "
          + "clock right")
    }
    return Token(
      value: Secret(text.utf8), begin: now, lifetime: lifetime,
      renewalAge: lifetime >= IdentityAnswer.longLife ? lifetime / 2 : nil)
  }

  /// Judges an answer that is no 200.
  ///
  /// - Parameters:
  ///   - httpStatus: Its status.
  ///   - answer: Its JSON document, if it has one.
  ///   - challenges: The values of its `WWW-Authenticate` headers.
  ///   - hasProved: Whether the request had the content of the file of a challenge.
  ///   - folder: The folder that such a file must be in.
  /// - Returns: What it leads to.
  public func step(
    httpStatus: Int, answer: JSONValue?, challenges: [String] = [], hasProved: Bool = false,
    folder: String = ArcChallenge.folder
  ) -> Step {
    if service.kind == .arc, httpStatus == 401, !hasProved {
      do throws(EntraSyncError) {
        return .prove(try ArcChallenge(challenges, folder: folder))
      } catch {
        return .fail(error)
      }
    }
    let error = refusal(httpStatus, answer)
    switch httpStatus {
    // The service is being updated; a 410 lasts for 70 s at the most.
    case 408, 410, 429, 500...: return .askAgain(error, atMost: RetryPolicy.mostRetries)
    // So it may be here, or the service of another cloud's machine knows no such path.
    case 404: return .askAgain(error, atMost: IdentityAnswer.fewRetries)
    default: return .fail(error)
    }
  }

  /// The error of a 200 that holds no token.
  public var noToken: EntraSyncError {
    EntraSyncError(
      .server,
      "\(service.origin) answered without a token of the managed identity; look whether it is the "
        + "service of \(service.kind.name)")
  }

  /// The error of an answer of Azure Arc that did not ask for a proof.
  public var unproved: EntraSyncError {
    EntraSyncError(
      .server,
      "\(service.origin) gave a token without the proof that Azure Arc's agent demands, so that it "
        + "was not used; is it the agent that answers there? Look with: azcmagent show")
  }

  /// The error of an answer that says no.
  private func refusal(_ httpStatus: Int, _ answer: JSONValue?) -> EntraSyncError {
    let name = answer?["error"]?.text?.fromServer()
    let words = (answer?["error_description"] ?? answer?["message"])?.text?.fromServer()
    let said = [name, words?.quoted(limit: 201)].compactMap(\.self).joined(separator: ", ")
    var error = EntraSyncError(
      status(httpStatus),
      "no token of the managed identity (\(service.kind.name), HTTP \(httpStatus)"
        + (said.isEmpty ? "" : ", \(said)") + "): \(advice(httpStatus, name))")
    error.httpStatus = httpStatus
    error.serverCode = name
    return error
  }

  private func status(_ httpStatus: Int) -> Status {
    switch httpStatus {
    case 429: .throttled
    case 400, 401, 403: .authentication
    default: .server
    }
  }

  private func advice(_ httpStatus: Int, _ name: String?) -> String {
    let key = configuration.keyAndLine(.managedIdentity)
    switch httpStatus {
    case 400 where name == "invalid_resource":
      return "Azure does not know the resource \(configuration.identityResource.quoted()); check "
        + configuration.scopeKeys
    case 400:
      return identity == .system
        ? "this machine has no managed identity of its own; switch it on in Azure, under Identity, "
          + "or put the Client ID of a user-assigned one into \(key)"
        : "this machine has no such managed identity; assign it in Azure, under Identity, User "
          + "assigned, and put its Client ID, not its Object ID, into \(key)"
    case 401 where service.kind == .arc:
      return "Azure Arc's agent does not take the key that it has named; look with: azcmagent "
        + "check"
    case 401 where service.kind == .appService:
      return "IDENTITY_HEADER in the environment is not the present one; start the program anew"
    case 401, 403:
      return "this machine may not ask for it; have its firewall or its policies allow that"
    case 404:
      return
        "there is no such service here; \(key) works on an Azure VM, with Azure Arc and in App "
        + "Service"
    case 429: return "too many programs of this machine ask for tokens"
    case 408, 410, 500...: return "the service is being updated, or has a passing fault"
    default: return "that is no answer of Azure's; look for what else answers at \(service.origin)"
    }
  }
}

extension NetworkFault {
  /// The error of an ``IdentityService`` that cannot be reached. No proxy and no name is involved.
  ///
  /// - Parameters:
  ///   - service: Who was asked.
  ///   - detail: libcurl's own words.
  ///   - configuration: Whose keys and lines the message names.
  /// - Returns: `.network`.
  public func error(
    asking service: IdentityService, detail: String, _ configuration: Configuration
  ) -> EntraSyncError {
    let key = configuration.keyAndLine(.managedIdentity)
    return EntraSyncError(
      .network,
      "cannot reach \(service.origin), which gives \(service.kind.name) its tokens (\(detail)); "
        + "\(key) works on an Azure VM, with Azure Arc and in App Service: use another credential "
        + "elsewhere")
  }
}
