/// Asks Graph what has to be known of a group before its members, or answers about them, mean
/// something: that it exists, that it does not hide its members, and that an excluded group is not
/// empty.
///
/// It decides only. Where a group hides its members, Graph answers 200 and shows none of them, or
/// leaves the group out of a person's groups.
///
/// Source: Microsoft Graph v1.0, "Get group" and resource type `group`, property `visibility`.
public struct GroupQuestion: Sendable {
  /// What one of its questions is about.
  public enum Subject: Equatable, Sendable {
    /// The group itself.
    case group
    /// Who is in it.
    case members
  }

  /// One question that is ready to be asked.
  public struct Request: Sendable {
    /// What it is about.
    let subject: Subject
    /// What to ask.
    public let question: GraphQuestion
  }

  /// How many pages of an excluded group are read to find somebody.
  private static let mostPages = 100
  /// How many members a page may have at the most.
  private static let pageSize = 100

  /// The group.
  public let group: ObjectID
  private let configuration: Configuration
  private var open = 0
  private var pages = 0
  private var ready: [Request] = []
  private var members: ExcludedGroup
  /// Whether ``mayHideMembers`` is known.
  private var isGroupKnown = false
  /// Whether all pages were read, and nobody was found.
  private var hasFoundNobody = false

  /// Whether the group may hide its members. The token does not show whether the application may
  /// see them all the same.
  public private(set) var mayHideMembers = false

  /// Puts the questions about a group together.
  ///
  /// - Parameters:
  ///   - group: A group of GROUPID or EXCLUDEGROUPID.
  ///   - configuration: Whose group it is.
  public init(about group: ObjectID, of configuration: Configuration) {
    self.group = group
    self.configuration = configuration
    members = ExcludedGroup(group, of: configuration)
    add(.group, GroupQuestion.question(about: group))
    if configuration.excludedGroups.contains(group), configuration.emptyExclusions == .stop {
      let segment = configuration.membership.pathSegment
      add(
        .members,
        GraphQuestion("/groups/\(group.text)/\(segment)?$select=id&$top=\(GroupQuestion.pageSize)"))
    }
  }

  /// Asks for a group's name, and whether it hides its members.
  ///
  /// - Parameter group: The group.
  /// - Returns: The question.
  public static func question(about group: ObjectID) -> GraphQuestion {
    GraphQuestion("/groups/\(group.text)?$select=id,displayName,visibility")
  }

  /// Whether everything is known.
  public var isConfirmed: Bool { open == 0 }

  /// Takes out the questions that are ready.
  ///
  /// - Returns: Questions to ask now. Others may follow once these have been answered.
  public mutating func takeQuestions() -> [Request] {
    defer { ready = [] }
    return ready
  }

  /// Takes the outcome of a question.
  ///
  /// - Parameters:
  ///   - outcome: How it ended.
  ///   - question: What was asked.
  ///   - roles: The permissions that the token names.
  /// - Throws: Why the group cannot be confirmed.
  public mutating func take(
    _ outcome: BatchQueue.Outcome, of question: Request, roles: @autoclosure () -> GrantedRoles?
  ) throws(EntraSyncError) {
    switch question.subject {
    case .group:
      let reply = try GraphReply.of(outcome, about: .group(group), configuration)
      mayHideMembers = try GroupQuestion.mayHideMembers(group, reply.body, roles: roles())
      isGroupKnown = true
    case .members:
      let reply = try GraphReply.of(outcome, about: .members(of: group), configuration)
      let reader = PageReader(attributes: [], pageSize: GroupQuestion.pageSize)
      try reply.body?.send(to: reader)
      try reader.finish()
      for member in reader.members { _ = members.meet(member) }
      guard members.people == 0 else { break }
      if let link = reader.nextLink, pages < GroupQuestion.mostPages {
        pages += 1
        add(.members, try GraphQuestion(nextLink: link, graph: configuration.graph))
      } else {
        hasFoundNobody = true
      }
    }
    // The group's own reply may be the later one: Graph may have been too busy for it.
    if isGroupKnown, hasFoundNobody {
      _ = try members.finish(mayHideMembers: mayHideMembers)
    }
    // Without the permission, Graph shows none of the members.
    if isGroupKnown, members.people > 0 { mayHideMembers = false }
    // A question that fails stays open, so that the group is never taken for confirmed.
    open -= 1
  }

  /// How many questions it takes at first.
  public var firstQuestions: Int { ready.count }

  private mutating func add(_ subject: Subject, _ question: GraphQuestion) {
    open += 1
    ready.append(Request(subject: subject, question: question))
  }
}

extension GroupQuestion {
  /// Whether a group may hide members from the application.
  ///
  /// - Parameters:
  ///   - group: The group.
  ///   - answer: The group's properties, with `visibility`.
  ///   - roles: The permissions that the token names; `nil` if it shows none.
  /// - Throws: `.permission` if it hides them, and the token lacks the permission.
  /// - Returns: `true` if it hides them, and the token does not show its permissions.
  public static func mayHideMembers(
    _ group: ObjectID, _ answer: JSONValue?, roles: GrantedRoles?
  ) throws(EntraSyncError) -> Bool {
    // Microsoft spells it in two ways.
    guard answer?["visibility"]?.text?.lowercased() == "hiddenmembership" else { return false }
    switch roles?.canReadHiddenMembers {
    case true?: return false
    case nil: return true
    case false?:
      throw EntraSyncError(
        .permission,
        "group \(group.text) hides its members (visibility HiddenMembership), and the token does not "
          + "name \(PermissionAdvice.readHiddenMembers); "
          + PermissionAdvice.give(PermissionAdvice.readHiddenMembers, to: "the application"))
    }
  }

  /// Why nothing can be said about a group that may hide its members.
  ///
  /// - Parameter group: The group.
  /// - Returns: A `.permission`.
  public static func isUnclear(_ group: ObjectID) -> EntraSyncError {
    EntraSyncError(
      .permission,
      "group \(group.text) hides its members (visibility HiddenMembership), and the token does not "
        + "show its permissions, so it cannot be known whether the application sees them; "
        + PermissionAdvice.give(PermissionAdvice.readHiddenMembers, to: "it"))
  }

  /// Why an excluded group stops a run.
  ///
  /// - Parameters:
  ///   - group: The group, in which nobody was found.
  ///   - nestedGroups: How many groups were found in it.
  ///   - configuration: Whose EXCLUDEGROUPID names it.
  /// - Returns: A `.notFound`.
  public static func isEmpty(
    _ group: ObjectID, nestedGroups: Int, of configuration: Configuration
  ) -> EntraSyncError {
    let nested =
      nestedGroups > 0 && configuration.membership == .direct
      ? " but \(nestedGroups) nested groups, which MEMBERSHIP = transitive follows" : ""
    return EntraSyncError(
      .notFound,
      "nobody is in the excluded group \(group.text) (\(configuration.keyAndLine(.excludeGroupID)))"
        + "\(nested); correct the group, or write EXCLUDEEMPTY = allowed if it may be empty")
  }
}
