import EntraSync

/// The question about one group that is read, and its answer: that it exists, and whether it hides
/// its members.
final class GroupConfirmation {
  /// The group.
  let group: ObjectID
  /// Asks Graph.
  let request: GraphRequest
  /// What Graph says of the group; `nil` as long as it is not known.
  private(set) var properties: JSONValue?
  /// Why nothing can be known of it.
  private(set) var failure: EntraSyncError?

  /// Prepares the question.
  ///
  /// - Parameters:
  ///   - group: A group of GROUPID or EXCLUDEGROUPID.
  ///   - service: Whom to ask.
  init(of group: ObjectID, by service: GraphService) {
    self.group = group
    request = GraphRequest(GroupQuestion.question(about: group), about: .group(group), to: service)
  }

  /// Whether it still has to be asked.
  var isOpen: Bool { properties == nil && failure == nil }

  /// Whether the group may hide its members, since the token does not show its permissions.
  ///
  /// - Throws: `.permission` if it hides its members.
  /// - Returns: The answer; `false` also as long as nothing is known.
  func mayHideMembers() throws(EntraSyncError) -> Bool {
    try GroupQuestion.mayHideMembers(group, properties, roles: request.roles)
  }

  /// Reads the answer if it has come. Why the group cannot be confirmed is kept as its ``failure``.
  ///
  /// - Parameter parser: Reads it.
  /// - Throws: What ends the whole run.
  func readAnswer(_ parser: JSONParser) throws(EntraSyncError) {
    do {
      properties = try request.value(by: parser) ?? properties
    } catch {
      if error.endsRun { throw error }
      failure = error
    }
  }
}
