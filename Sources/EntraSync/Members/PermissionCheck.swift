/// Notices the one missing permission that Graph does not report as an error.
///
/// If an application may list members but not read users, Graph answers 200 and gives each member
/// only an id. If it may read only basic profiles, Graph omits the telephone numbers.
///
/// Source: Microsoft Graph, "Overview of permissions", limited information for inaccessible
/// members.
public struct PermissionCheck: Sendable {
  /// From how many people on a missing attribute is suspicious. A missing address always is.
  public static let fewPeople = 10

  private let address: QueryFilter.Field?
  private var unseen: [QueryFilter.Field]
  private var needsUserType: Bool
  private var people = 0

  /// Creates a check that has seen nobody yet.
  ///
  /// - Parameters:
  ///   - fields: The fields that a line needs.
  ///   - configuration: Whose QUERYFILTER names the address first, and whose USERTYPE counts.
  public init(_ fields: [QueryFilter.Field], of configuration: Configuration) {
    let all = configuration.queryFilter.fields
    let address = all.first
    self.address = address
    unseen = all.filter { $0 == address || fields.contains($0) }
    needsUserType = configuration.userType != .all
  }

  /// Notes a person as Graph described them.
  public mutating func note(_ member: Member) {
    people += 1
    if !unseen.isEmpty {
      unseen.removeAll { $0.alternatives.contains { !member.values(of: $0).isEmpty } }
    }
    if member.account.userType != nil { needsUserType = false }
  }

  /// Decides, after the last person.
  ///
  /// - Throws: `.permission` when there were people and all of them lack something.
  public func finish() throws(EntraSyncError) {
    guard people > 0 else { return }
    let missing = unseen.first { $0 == address || people >= PermissionCheck.fewPeople }
    guard let name = missing?.description ?? (needsUserType ? "userType" : nil) else { return }
    throw EntraSyncError(
      .permission,
      "Graph shows no \(name) for any of the \(people) people, so the application most likely lacks "
        + "a permission; \(PermissionAdvice.give(groupMayBeHidden: true))")
  }
}
