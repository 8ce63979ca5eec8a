/// `GET /v1.0/groups/{id}/members` and `/transitiveMembers`, a page at a time.
///
/// - SeeAlso: Microsoft Graph v1.0, "List group members" and "List group transitive members".
struct MembersEndpoint {
  /// Graph's own scheme and host, which nextLinks name.
  let origin: String

  /// What a page is made from, so that it can be written without holding up other requests.
  struct Draft {
    let page: Page
    let directory: Directory
    let origin: String
    let distortions: [Fault.Distortion]

    /// The answer, written out.
    func answer() -> Answer {
      Answer(
        status: 200, headers: ["OData-Version": "4.0", "Cache-Control": "no-cache"],
        contentType: "application/json;odata.metadata=minimal;odata.streaming=true;"
          + "IEEE754Compatible=false;charset=utf-8",
        body: page.json(directory: directory, origin: origin, distortions: distortions)
      ).distorted(distortions)
    }
  }

  /// Which page a request asks for, once it is known that the client may ask.
  ///
  /// - Throws: What Graph answers to a request that it does not accept.
  func pageRequest(
    _ request: Request, group: String, collection: PageRequest.Collection, tokens: SkipTokens
  ) throws(GraphError) -> PageRequest {
    guard request.method == "GET" else {
      throw GraphError(
        status: 405, code: "Request_BadRequest",
        message: "Specified HTTP method is not allowed for the request target.")
    }
    guard ObjectID.isValid(group) else {
      throw .badRequest("Invalid object identifier '\(group)'.")
    }
    return try PageRequest.parse(
      request.query, group: group.lowercased(), collection: collection,
      isEventual: request.headers["consistencylevel"]?.lowercased() == "eventual", tokens: tokens)
  }

  /// The page to answer with.
  ///
  /// - Throws: What Graph answers when there is no such group.
  func draft(
    _ request: PageRequest, target: String, distortions: [Fault.Distortion],
    directory: inout Directory, tokens: inout SkipTokens
  ) throws(GraphError) -> Draft {
    let transitive = request.collection.transitive
    guard var members = directory.entries(of: request.group, transitive: transitive) else {
      throw .unknownGroup(request.group)
    }
    if request.collection.usersOnly { members = members.filter(\.isUser) }
    let page = Page.make(
      request, of: members, distortions: distortions, own: origin + target,
      link: { link(to: $0, token: tokens.issue(for: $0)) })
    return Draft(page: page, directory: directory, origin: origin, distortions: distortions)
  }

  /// A link that repeats what the request named, and no more.
  private func link(to request: PageRequest, token: String) -> String {
    var query: [String] = []
    if let selection = request.selection {
      query.append("$select=\(selection.map(\.rawValue).joined(separator: "%2c"))")
    }
    if let top = request.top { query.append("$top=\(top)") }
    query.append("$skiptoken=\(token)")
    return "\(origin)/v1.0/groups/\(request.group)/\(request.collection.path)"
      + "?\(query.joined(separator: "&"))"
  }
}
