/// What the token endpoint's refusal means, and what an administrator can do about it.
///
/// Source: Microsoft identity platform, "Microsoft Entra authentication and authorization error
/// codes".
public enum SignInRefusal {
  /// Turns an answer other than 200 into an error.
  ///
  /// - Parameters:
  ///   - httpStatus: The answer's status.
  ///   - answer: Its JSON document, if it has one.
  ///   - location: The absolute URL of its Location header, if it has one.
  ///   - page: What its body says of itself, if that is no document of Entra ID's.
  ///   - isChallenged: Whether Graph had demanded this sign-in by a ``ClaimsChallenge``.
  ///   - configuration: The configuration that signed in, whose keys the message names.
  ///   - certificate: The certificate of the client assertion, if there was one.
  ///   - token: What a token of another issuer says of itself, if it was the client assertion.
  /// - Returns: `.authentication` with the AADSTS code. `.throttled` or `.server` for a refusal
  ///   that says nothing about the credential, and for an answer that is not Entra ID's.
  public static func error(
    httpStatus: Int, answer: JSONValue?, location: String? = nil,
    page: @autoclosure () -> ForeignAnswer? = nil, isChallenged: Bool = false,
    configuration: Configuration, certificate: Certificate? = nil,
    token: FederatedToken? = nil
  ) -> EntraSyncError {
    guard let answer, let name = answer["error"]?.text?.fromServer(), isEntras(answer) else {
      return foreign(httpStatus, location: location, page: page(), configuration: configuration)
    }
    let description = answer["error_description"]?.text ?? ""
    let code = code(in: answer, description: description)
    let fault = code.flatMap { SignInFault(code: $0, description: description) }
    let named = code.map { "AADSTS\($0)" } ?? name
    let advice =
      fault?.advice(configuration, certificate: certificate, token: token)
      ?? (isChallenged && code == nil
        ? ConditionalAccess.advice(configuration) : unknown(code, name: name, configuration))
    var error = EntraSyncError(
      httpStatus >= 500 ? .server : fault?.status ?? .authentication,
      "sign-in refused (\(named)): \(advice)"
        + (isChallenged ? "; \(ConditionalAccess.demand)" : ""))
    error.httpStatus = httpStatus
    error.aadstsCode = code
    error.serverCode = name
    error.requestID = (answer["trace_id"]?.text ?? value(of: "Trace ID:", in: description))?
      .fromServer()
    let time = answer["timestamp"]?.text ?? value(of: "Timestamp:", in: description)
    if let trace = error.requestID {
      error.message += " [trace id \(trace)\(time.map { " at \($0.fromServer())" } ?? "")]"
    }
    return error
  }

  /// Whether a refusal may be over in a moment, so that another try is worth it.
  ///
  /// - Parameter error: The refusal.
  /// - Returns: `true` for a federated credential that some of Entra ID's servers may not know yet.
  public static func mayBeNew(_ error: EntraSyncError) -> Bool {
    error.aadstsCode.flatMap { SignInFault(code: $0) }?.mayBeNew ?? false
  }

  /// What to do about an error that this program knows nothing of.
  private static func unknown(
    _ code: Int?, name: String, _ configuration: Configuration
  ) -> String {
    let keys = "\(configuration.keyAndLine(.tenantID)), \(configuration.keyAndLine(.clientID))"
    guard let code else {
      return "Entra ID calls it \"\(name)\"; check \(keys) and the credential"
    }
    return "Entra ID calls it \"\(name)\", and there is no advice for that code here; look it up "
      + "at https://login.microsoftonline.com/error?code=\(code), and check \(keys) and the "
      + "credential"
  }

  /// The names of errors that a token endpoint may give without anything else.
  ///
  /// Source: RFC 6749, sections 4.1.2.1 and 5.2; Microsoft identity platform, "Microsoft Entra
  /// authentication and authorization error codes", Handling error codes in your application.
  private static let names: Set<String> = [
    "access_denied", "interaction_required", "invalid_client", "invalid_grant", "invalid_request",
    "invalid_resource", "invalid_scope", "invalid_tenant", "server_error",
    "temporarily_unavailable", "unauthorized_client", "unsupported_grant_type",
  ]

  /// The members of an error as RFC 6749 has it.
  private static let members: Set<String> = ["error", "error_description", "error_uri"]

  /// Whether a document with an `error` is Entra ID's, and not that of a gateway on the way.
  private static func isEntras(_ answer: JSONValue) -> Bool {
    guard case .object(let found) = answer else { return false }
    let own = ["error_codes", "trace_id", "correlation_id"]
    if own.contains(where: { found[$0] != nil }) { return true }
    if answer["error_description"]?.text?.hasPrefix("AADSTS") == true { return true }
    return names.contains(answer["error"]?.text ?? "") && members.isSuperset(of: found.keys)
  }

  /// The error of an answer that is not Entra ID's: that of a proxy, a guest network or a wrong
  /// URL.
  private static func foreign(
    _ httpStatus: Int, location: String?, page: ForeignAnswer?, configuration: Configuration
  ) -> EntraSyncError {
    guard let location else {
      return (page ?? ForeignAnswer([])).error(
        httpStatus: httpStatus, inPlaceOf: .signIn, configuration)
    }
    var error = EntraSyncError(
      .server,
      "the sign-in at \(configuration.login.origin) answered HTTP \(httpStatus) with a redirect to "
        + "\(Endpoint.shownOrigin(of: location)), which is not followed, since it would carry the "
        + "credential there; check LOGINURL and the proxy")
    error.httpStatus = httpStatus
    error.isForeign = true
    return error
  }

  /// The number of the error: the first that there is advice for, or the first of all.
  ///
  /// The older endpoints name a general number before the one that says something.
  private static func code(in answer: JSONValue, description: String) -> Int? {
    var codes = [number(in: description)].compactMap(\.self)
    if case .array(let elements) = answer["error_codes"] {
      codes = elements.prefix(8).compactMap(\.integer) + codes
    }
    codes.removeAll { !(1...999_999_999).contains($0) }
    return codes.first { SignInFault(code: $0)?.isGeneral == false } ?? codes.first
  }

  /// The code at the beginning of a description, `AADSTS7000215: …`.
  private static func number(in description: String) -> Int? {
    guard description.hasPrefix("AADSTS") else { return nil }
    return Int(description.dropFirst(6).prefix { $0.isASCII && $0.isNumber })
  }

  /// The text after a label in one of a description's lines, such as `Trace ID: …`.
  private static func value(of label: String, in description: String) -> String? {
    for line in description.unicodeScalars.split(whereSeparator: { $0 == "\r" || $0 == "\n" }) {
      let line = String(line)
      if line.hasPrefix(label) { return String(line.dropFirst(label.count)).trimmed }
    }
    return nil
  }
}
