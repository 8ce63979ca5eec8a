/// What Graph's refusal means, and what an administrator can do about it.
///
/// Source: Microsoft Graph, "Error responses and resource types".
public enum GraphRefusal {
  /// What Graph was asked for.
  public enum Subject: Equatable, Sendable {
    /// The members of a group.
    case members(of: ObjectID)
    /// A group itself.
    case group(ObjectID)
    /// Who has an address.
    case people
    /// Which mail contacts have an address.
    case contacts
    /// The groups of a person.
    case memberships
    /// The application that asks.
    case application
  }

  /// Turns an answer other than 200 into an error.
  ///
  /// - Parameters:
  ///   - httpStatus: The answer's status.
  ///   - answer: Its JSON document, if it was one.
  ///   - requestID: The answer's `request-id` header.
  ///   - page: What its body says of itself, if that is no JSON document of Graph's.
  ///   - isChallenge: Whether it demands claims in the next token, and a token that had them was
  ///     refused before.
  ///   - date: The answer's `Date` header.
  ///   - subject: What was asked for.
  ///   - configuration: The configuration that asked, whose keys the message names.
  /// - Returns: The error, with Graph's code and the request id in its fields. An answer that is
  ///   not Graph's is a ``ForeignAnswer``, and says nothing about permissions or the token.
  public static func error(
    httpStatus: Int, answer: JSONValue?, requestID: String?,
    page: @autoclosure () -> ForeignAnswer? = nil, isChallenge: Bool = false, date: String? = nil,
    about subject: Subject, configuration: Configuration
  ) -> EntraSyncError {
    let body = answer?["error"]
    let inner = body?["innerError"] ?? body?["innererror"]
    let code = code(in: answer)
    if code == nil, !isChallenge, !(300..<400).contains(httpStatus) {
      let page = page() ?? ForeignAnswer([])
      // Graph itself may leave the body of a passing fault empty.
      if !RetryPolicy.passingStatuses.contains(httpStatus) || !page.said.isEmpty {
        return page.error(httpStatus: httpStatus, inPlaceOf: .graph, configuration)
      }
    }
    let message = body?["message"]?.text
    var error =
      isChallenge
      ? refusedAgain(httpStatus: httpStatus, code: code, message: message, configuration)
      : meaning(
        httpStatus: httpStatus, code: code, message: message, about: subject,
        configuration: configuration)
    error.httpStatus = httpStatus
    error.serverCode = code
    let ids = [requestID, inner?["request-id"]?.text]
    error.requestID = ids.compactMap { $0?.fromServer() }.first { !$0.isEmpty }
    // The sign-in logs of Entra ID are searched by time.
    let time = isChallenge ? (inner?["date"]?.text ?? date)?.fromServer() : nil
    let marks = [error.requestID.map { "request id \($0)" }, time.map { "at \($0)" }]
    let mark = marks.compactMap(\.self).joined(separator: " ")
    if !mark.isEmpty { error.message += " [\(mark)]" }
    return error
  }

  /// The error of a token that had the claims which Graph demanded, and was refused all the same.
  private static func refusedAgain(
    httpStatus: Int, code: String?, message: String?, _ configuration: Configuration
  ) -> EntraSyncError {
    let words = message?.fromServer() ?? ""
    let said = words.isEmpty ? "" : ": \(words.quoted(limit: 201))"
    return EntraSyncError(
      .authentication,
      "Graph does not accept the token (\(code ?? "HTTP \(httpStatus)")\(said)), nor one with the "
        + "claims that it demanded; \(ConditionalAccess.advice(configuration))")
  }

  /// Graph's code in the document of a refusal; `nil` if that is no error of Graph's.
  static func code(in answer: JSONValue?) -> String? {
    let code = answer?["error"]?["code"]?.text?.fromServer().trimmed
    return code?.isEmpty == true ? nil : code
  }

  private static func meaning(
    httpStatus: Int, code: String?, message: String?, about subject: Subject,
    configuration: Configuration
  ) -> EntraSyncError {
    switch (httpStatus, code) {
    case (404, "Request_ResourceNotFound"):
      return EntraSyncError(.notFound, subject.absence(configuration))
    case (401, "Authorization_IdentityNotFound"), (403, "Authorization_IdentityNotFound"):
      return EntraSyncError(
        .permission,
        "the application was never given consent in this tenant, so Graph does not know it "
          + "(Authorization_IdentityNotFound); check \(configuration.keyAndLine(.tenantID)) and "
          + "\(configuration.keyAndLine(.clientID)), and have an administrator consent")
    case (401, "Authorization_IdentityDisabled"), (403, "Authorization_IdentityDisabled"):
      return EntraSyncError(
        .permission,
        "the application is disabled in the tenant (Authorization_IdentityDisabled); enable it in "
          + "Entra ID")
    case (401, _):
      return EntraSyncError(
        .authentication,
        "Graph does not accept the token (\(code ?? "HTTP 401")); check "
          + configuration.scopeKeys
      )
    case (403, _) where subject == .application:
      return EntraSyncError(.permission, "Graph refuses to show the application to itself")
    case (403, _):
      return EntraSyncError(
        .permission,
        "Graph refuses to \(subject.request); "
          + PermissionAdvice.give(
            "\(PermissionAdvice.readMembers) and "
              + (subject == .contacts ? PermissionAdvice.readContacts : PermissionAdvice.readUsers),
            to: "the application the permissions", groupMayBeHidden: true))
    case (300..<400, _):
      return EntraSyncError(
        .server, "Graph answered HTTP \(httpStatus), which is no \(subject.answer); check GRAPHURL")
    default:
      let said = code.map { " \"\($0)\"" } ?? " without a Graph error"
      let text =
        message.map { ": \"\($0.fromServer())\"; the next run will try again" }
        ?? "; check GRAPHURL and the proxy"
      return EntraSyncError(.server, "Graph answered HTTP \(httpStatus)\(said)\(text)")
    }
  }
}

extension GraphRefusal.Subject {
  /// What the log calls it.
  public var name: String {
    switch self {
    case .members(let group): "members of group \(group.text)"
    case .group(let group): "group \(group.text)"
    case .people: "lookup"
    case .contacts: "lookup of contacts"
    case .memberships: "groups of a person"
    case .application: "application"
    }
  }

  fileprivate var request: String {
    switch self {
    case .members(let group): "list the members of group \(group.text)"
    case .group(let group): "show group \(group.text)"
    case .people: "look people up"
    case .contacts: "look mail contacts up"
    case .memberships: "tell a person's groups"
    case .application: "show the application"
    }
  }

  fileprivate var answer: String {
    if case .members = self { "list of members" } else { "answer to what was asked" }
  }

  fileprivate func absence(_ configuration: Configuration) -> String {
    switch self {
    case .members(let group), .group(let group):
      let excluded = configuration.excludedGroups.contains(group)
      let place = configuration.keyAndLine(excluded ? .excludeGroupID : .groupID)
      return "the tenant has no group \(group.text); put the group's Object ID into \(place)"
    case .people, .contacts, .memberships: return "the tenant has nobody of that name"
    case .application: return "the application is registered in another tenant"
    }
  }
}
