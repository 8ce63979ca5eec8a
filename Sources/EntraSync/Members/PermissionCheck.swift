/// Notices the one missing permission that Graph does not report as an error.
///
/// If an application may list members but not read users, Graph answers 200 and gives each member
/// only an id. If it may read only basic profiles, Graph omits the telephone numbers.
///
/// If the token names the permission, it is not missing: then nobody has a value. But every account
/// has accountEnabled, so that a permission is missing where Graph shows it for nobody.
///
/// Source: Microsoft Graph, "Overview of permissions", limited information for inaccessible
/// members.
public struct PermissionCheck: Sendable {
  /// From how many people on a missing attribute is suspicious. A missing address always is.
  public static let fewPeople = 10

  private let address: QueryFilter.Field?
  private var unseen: [QueryFilter.Field]
  private var needsUserType: Bool
  private let needsEnabled: Bool
  private var isEnabledSeen = false
  private var people = 0

  /// Creates a check that has seen nobody yet.
  ///
  /// - Parameters:
  ///   - fields: The fields that a line needs.
  ///   - configuration: Whose QUERYFILTER names the address first, and whose ACCOUNTS and USERTYPE
  ///     count.
  public init(_ fields: [QueryFilter.Field], of configuration: Configuration) {
    let all = configuration.queryFilter.fields
    let address = all.first
    self.address = address
    unseen = all.filter { $0 == address || fields.contains($0) }
    needsUserType = configuration.userType != .all
    needsEnabled = configuration.accounts != .all
  }

  /// Notes a person as Graph described them.
  public mutating func note(_ member: Member) {
    people += 1
    if !unseen.isEmpty {
      unseen.removeAll { $0.alternatives.contains { member.hasValue(of: $0) } }
    }
    if member.account.userType != nil { needsUserType = false }
    if member.account.isEnabled != nil { isEnabledSeen = true }
  }

  /// Decides, after the last person.
  ///
  /// - Parameter roles: The permissions that the token names; `nil` if it shows none.
  /// - Throws: `.permission` when there were people, all of them lack something, and the token does
  ///   not name the permission to see it. `.notFound` when it does, and nobody has an address.
  /// - Returns: What else nobody has though the application may see it, one line each.
  public func finish(roles: GrantedRoles?) throws(EntraSyncError) -> [String] {
    guard people > 0 else { return [] }
    let missing = unseen.filter { $0 == address || people >= PermissionCheck.fewPeople }
    let lacksAddress = missing.contains { $0 == address }
    let mayRead = roles?.canReadUsers ?? false && (isEnabledSeen || !lacksAddress)
    let isEnabledMissing = needsEnabled && !isEnabledSeen
    let names = missing.map(\.description)
    if let name = mayRead ? nil : names.first { throw hidden(name) }
    if needsUserType { throw hidden("userType") }
    if isEnabledMissing { throw hidden("accountEnabled") }
    let texts = names.map {
      "none of the \(people) people in the groups has a value of \($0); fill it in for them in "
        + "Entra ID, or change QUERYFILTER"
    }
    if lacksAddress, let text = texts.first { throw EntraSyncError(.notFound, text) }
    return texts
  }

  private func hidden(_ name: String) -> EntraSyncError {
    EntraSyncError(
      .permission,
      "Graph shows no \(name) for any of the \(people) people, so the application most likely lacks "
        + "a permission; \(PermissionAdvice.give(groupMayBeHidden: true))")
  }
}
