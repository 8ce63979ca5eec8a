/// What the token endpoint's refusal means, and what an administrator can do about it.
///
/// Source: Microsoft identity platform, "Microsoft Entra authentication and authorization error
/// codes".
public enum SignInRefusal {
  /// Turns an answer other than 200 into an error.
  ///
  /// - Parameters:
  ///   - httpStatus: The answer's status.
  ///   - answer: Its JSON document, if it was one.
  ///   - configuration: The configuration that signed in, whose keys the message names.
  /// - Returns: `.authentication` with the AADSTS code, or `.server` for what is no such answer.
  public static func error(
    httpStatus: Int, answer: JSONValue?, configuration: Configuration
  ) -> EntraSyncError {
    guard let answer, let name = answer["error"]?.text?.fromServer() else {
      var error = EntraSyncError(
        .server,
        "the sign-in at \(configuration.login.origin) answered HTTP \(httpStatus) without an Entra ID "
          + "error; check LOGINURL and the proxy")
      error.httpStatus = httpStatus
      return error
    }
    let code = answer["error_codes"]?.first?.integer
    let named = code.map { "AADSTS\($0)" } ?? name
    // A fault of Entra's own is no verdict on the credential.
    var error = EntraSyncError(
      httpStatus >= 500 ? .server : .authentication,
      "sign-in refused (\(named)): \(advice(code, name: name, configuration: configuration))")
    error.httpStatus = httpStatus
    error.aadstsCode = code
    error.serverCode = name
    error.requestID = answer["trace_id"]?.text?.fromServer()
    if let trace = error.requestID, let time = answer["timestamp"]?.text {
      error.message += " [trace id \(trace) at \(time.fromServer())]"
    }
    return error
  }

  private static func advice(
    _ code: Int?, name: String, configuration: Configuration
  ) -> String {
    let isInFile = if case .secretFile = configuration.credential { true } else { false }
    let secret =
      isInFile
      ? "the file of \(configuration.place(of: .clientSecretFile))"
      : configuration.place(of: .clientSecret)
    let client = configuration.place(of: .clientID)
    let tenant = configuration.place(of: .tenantID)
    switch code {
    case 7_000_215:
      return "the client secret is wrong; put its Value, not its ID, into \(secret)"
    case 7_000_222:
      return
        "the client secret has expired; create a new one in Entra and put its Value into \(secret)"
    case 700_016:
      return "the tenant has no such application; check \(client) and \(tenant)"
    case 90_002, 900_023:
      return "there is no such tenant in this cloud; check \(tenant) and CLOUD"
    case 90_038, 900_382:
      return "the tenant is in another cloud; set CLOUD"
    case 7_000_229:
      return "the application was never given consent in this tenant; have an administrator consent"
    case 7_000_112, 70_001:
      return "the application is disabled in the tenant; enable it in Entra"
    case 500_011, 1_002_012, 70_011:
      return
        "the tenant does not know the resource \(configuration.scope.quoted()); check GRAPHURL and CLOUD"
    case 53_003:
      return "Conditional Access blocks the application; exclude it or allow this server's address"
    case 50_196, 90_055:
      return "Entra ID saw too many sign-ins; wait some minutes"
    case 90_033, 90_006, 90_012, 90_024, 90_090:
      return "Entra ID has a passing fault; the next run will try again"
    default:
      return "Entra ID calls it \"\(name)\"; check \(tenant), \(client) and the credential"
    }
  }
}
