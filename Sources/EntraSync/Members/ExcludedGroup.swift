/// What is found in one group of EXCLUDEGROUPID, and whether the run may go on with it.
///
/// An exclusion does not vanish by itself: a group in which nobody is seen would let in everybody
/// who was in it.
public struct ExcludedGroup: Sendable {
  /// The group.
  public let group: ObjectID
  /// How many people are in it, each counted once.
  public private(set) var people = 0

  private let configuration: Configuration
  private var met: Set<ObjectID> = []
  private var groups = 0

  /// Begins with nobody.
  ///
  /// - Parameters:
  ///   - group: The group.
  ///   - configuration: Whose EXCLUDEGROUPID names it.
  public init(_ group: ObjectID, of configuration: Configuration) {
    self.group = group
    self.configuration = configuration
  }

  /// Notes a member of the group.
  ///
  /// - Parameter member: Somebody or something on a page.
  /// - Returns: `false` if the member was met before.
  public mutating func meet(_ member: Member) -> Bool {
    guard met.insert(member.id).inserted else { return false }
    if configuration.counts(member) { people += 1 }
    if member.isGroup { groups += 1 }
    return true
  }

  /// How many groups are in it whose own members were not read, since MEMBERSHIP is `direct`.
  public var nestedGroups: Int { configuration.membership == .direct ? groups : 0 }

  /// Decides, after the last member.
  ///
  /// EXCLUDEEMPTY allows a group that is empty. A group that may hide its members is not known to
  /// be empty.
  ///
  /// - Parameter mayHideMembers: Whether the group may hide its members.
  /// - Throws: `.permission` if nobody is seen in it, and it may hide its members. `.notFound` if
  ///   it is empty, and may not be.
  /// - Returns: What a person should know though the run goes on.
  public func finish(mayHideMembers: Bool) throws(EntraSyncError) -> [String] {
    guard people == 0 else { return mayHideMembers ? [GroupQuestion.isUnclear(group).message] : [] }
    if mayHideMembers { throw GroupQuestion.isUnclear(group) }
    guard configuration.emptyExclusions == .allowed else {
      throw GroupQuestion.isEmpty(group, nestedGroups: groups, of: configuration)
    }
    return []
  }
}
