/// Notices the one missing permission that Graph does not answer with an error.
///
/// An application that may list members but not read users gets every member with an id and
/// nothing else, and a 200.
///
/// Source: Microsoft Graph, "Overview of permissions", limited information for inaccessible members.
public struct PermissionCheck: Sendable {
  private let address: QueryFilter.Field
  private var people = 0
  private var hasSeenAddress = false

  /// Begins a run.
  ///
  /// - Parameter filter: The query filter, whose first field is the address.
  public init(_ filter: QueryFilter) {
    address = filter.fields.first ?? QueryFilter.Field(alternatives: [])
  }

  /// Notes a person as Graph described them.
  public mutating func note(_ member: Member) {
    people += 1
    if !hasSeenAddress {
      hasSeenAddress = address.alternatives.contains { !member.values(of: $0).isEmpty }
    }
  }

  /// Decides, after the last person.
  ///
  /// - Throws: `.permission` when there were people and none of them had an address.
  public func finish() throws(EntraSyncError) {
    guard people > 0, !hasSeenAddress else { return }
    throw EntraSyncError(
      .permission,
      "Graph shows no \(address.description) for any of the \(people) people, so the application most "
        + "likely lacks a permission; give it User.Read.All (type Application) with admin consent")
  }
}
