/// What Graph's refusal means, and what an administrator can do about it.
///
/// Source: Microsoft Graph, "Error responses and resource types".
public enum GraphRefusal {
  /// Turns an answer other than 200 to a request for members into an error.
  ///
  /// - Parameters:
  ///   - httpStatus: The answer's status.
  ///   - answer: Its JSON document, if it was one.
  ///   - requestID: The answer's `request-id` header.
  ///   - group: The group that was asked for.
  ///   - configuration: The configuration that asked, whose keys the message names.
  /// - Returns: The error, with Graph's code and the request id in its fields.
  public static func error(
    httpStatus: Int, answer: JSONValue?, requestID: String?, group: ObjectID,
    configuration: Configuration
  ) -> EntraSyncError {
    let body = answer?["error"]
    let inner = body?["innerError"] ?? body?["innererror"]
    let code = body?["code"]?.text?.fromServer()
    var error = meaning(
      httpStatus: httpStatus, code: code, message: body?["message"]?.text, group: group,
      configuration: configuration)
    error.httpStatus = httpStatus
    error.serverCode = code
    let ids = [requestID, inner?["request-id"]?.text]
    error.requestID = ids.compactMap { $0?.fromServer() }.first { !$0.isEmpty }
    if let id = error.requestID { error.message += " [request id \(id)]" }
    return error
  }

  private static func meaning(
    httpStatus: Int, code: String?, message: String?, group: ObjectID,
    configuration: Configuration
  ) -> EntraSyncError {
    let groupPlace = configuration.place(of: .groupID)
    switch (httpStatus, code) {
    case (404, "Request_ResourceNotFound"):
      return EntraSyncError(
        .notFound,
        "the tenant has no group \(group.text); put the group's Object ID into \(groupPlace)")
    case (401, _):
      return EntraSyncError(
        .authentication,
        "Graph does not accept the token (\(code ?? "HTTP 401")); check CLOUD and GRAPHURL"
      )
    case (403, _):
      return EntraSyncError(
        .permission,
        "Graph refuses to list the members of group \(group.text); give the application the "
          + "permissions GroupMember.Read.All and User.Read.All (type Application), and "
          + "Member.Read.Hidden where the group hides its members, with admin consent"
      )
    case (300..<400, _):
      return EntraSyncError(
        .server, "Graph answered HTTP \(httpStatus), which is no list of members; check GRAPHURL")
    default:
      let said = code.map { " \"\($0)\"" } ?? " without a Graph error"
      let text =
        message.map { ": \"\($0.fromServer())\"; the next run will try again" }
        ?? "; check GRAPHURL and the proxy"
      return EntraSyncError(.server, "Graph answered HTTP \(httpStatus)\(said)\(text)")
    }
  }
}
