/// Asks Graph in which of a configuration's groups a person is.
///
/// Source: Microsoft Graph v1.0, "Check member groups", which follows nested groups, and "List a
/// user's direct memberships", which does not.
struct MembershipQuestion {
  /// How many groups Graph checks in one request.
  static let mostGroups = 20
  /// How many groups a page may have.
  static let pageSize = 999

  /// What to ask. All answers together say in which groups the person is.
  let questions: [GraphQuestion]

  /// Puts the questions together.
  ///
  /// - Parameters:
  ///   - person: An object id, or a sign-in name.
  ///   - isContact: Whether the id is that of a mail contact.
  ///   - configuration: GROUPID, EXCLUDEGROUPID and MEMBERSHIP.
  init(of person: String, isContact: Bool = false, _ configuration: Configuration) {
    let user = "/\(isContact ? "contacts" : "users")/\(PercentEncoding.encode(person))"
    switch configuration.membership {
    case .direct:
      questions = [GraphQuestion("\(user)/memberOf?$select=id&$top=\(MembershipQuestion.pageSize)")]
    case .transitive:
      let groups = configuration.groups + configuration.excludedGroups
      questions = stride(from: 0, to: groups.count, by: MembershipQuestion.mostGroups).map {
        let part = groups[$0..<min($0 + MembershipQuestion.mostGroups, groups.count)]
        let ids = part.map { $0.text.jsonString }.joined(separator: ",")
        return GraphQuestion("\(user)/checkMemberGroups", body: "{\"groupIds\":[\(ids)]}")
      }
    }
  }

  /// How many questions there are about one person.
  ///
  /// - Parameter configuration: GROUPID, EXCLUDEGROUPID and MEMBERSHIP.
  /// - Returns: At least 1.
  static func count(_ configuration: Configuration) -> Int {
    switch configuration.membership {
    case .direct: 1
    case .transitive:
      (configuration.groups.count + configuration.excludedGroups.count + mostGroups - 1)
        / mostGroups
    }
  }

  /// Reads an answer.
  ///
  /// - Parameter answer: A page of ids, or of objects that have one.
  /// - Throws: `.server` for anything else.
  /// - Returns: The groups, and the link to the page that follows.
  static func groups(
    in answer: JSONValue?
  ) throws(EntraSyncError) -> (ids: Set<ObjectID>, nextLink: String?) {
    let (items, nextLink) = try PeoplePage.items(
      of: answer, pageSize: MembershipQuestion.pageSize)
    var ids: Set<ObjectID> = []
    for item in items {
      guard let id = (item.text ?? item["id"]?.text).flatMap({ ObjectID($0) }) else {
        throw PeoplePage.unexpected("a group without an id")
      }
      ids.insert(id)
    }
    return (ids, nextLink)
  }
}
