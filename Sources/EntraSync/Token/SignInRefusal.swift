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
  ///   - configuration: The configuration that signed in, whose keys the message names.
  ///   - certificate: The certificate of the client assertion, if there was one.
  /// - Returns: `.authentication` with the AADSTS code. `.throttled` or `.server` for a refusal
  ///   that says nothing about the credential, and for an answer that is not Entra ID's.
  public static func error(
    httpStatus: Int, answer: JSONValue?, location: String? = nil, configuration: Configuration,
    certificate: Certificate? = nil
  ) -> EntraSyncError {
    guard let answer, let name = answer["error"]?.text?.fromServer() else {
      return foreign(httpStatus, location: location, configuration: configuration)
    }
    let description = answer["error_description"]?.text ?? ""
    let code = answer["error_codes"]?.first?.integer ?? number(in: description)
    let fault = code.flatMap { SignInFault(code: $0) }
    let named = code.map { "AADSTS\($0)" } ?? name
    let advice =
      fault?.advice(configuration, certificate: certificate)
      ?? "Entra ID calls it \"\(name)\"; check \(configuration.keyAndLine(.tenantID)), "
      + "\(configuration.keyAndLine(.clientID)) and the credential"
    var error = EntraSyncError(
      httpStatus >= 500 ? .server : fault?.status ?? .authentication,
      "sign-in refused (\(named)): \(advice)")
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

  /// The error of an answer that is not Entra ID's: that of a proxy, a guest network or a wrong
  /// URL.
  private static func foreign(
    _ httpStatus: Int, location: String?, configuration: Configuration
  ) -> EntraSyncError {
    let origin = configuration.login.origin
    let what =
      location.map {
        "with a redirect to \(Endpoint.shownOrigin(of: $0)), which is not followed, since it would carry "
          + "the credential there"
      } ?? "without an Entra ID error"
    var error = EntraSyncError(
      .server,
      "the sign-in at \(origin) answered HTTP \(httpStatus) \(what); check LOGINURL and the proxy")
    error.httpStatus = httpStatus
    return error
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
