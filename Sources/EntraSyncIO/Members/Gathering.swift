import EntraSync

/// The result of a run so far.
///
/// It is a value, so that nothing of a first pass is left if a group has to be read again.
struct Gathering<Found> {
  /// What the caller makes of the people.
  var found: Found
  /// Who was read and who was left out.
  var report = Report()
  /// Which permission may be missing.
  var check: PermissionCheck
  /// Whether contacts are shown.
  var contactCheck = ContactCheck()
  /// How many people were met in the group that is being read.
  var groupPeople = 0
  private var met = MetMembers()
  /// Which group is being read, counted from 1.
  private var group: UInt32 = 0

  /// Creates a gathering before anything is read.
  ///
  /// - Parameters:
  ///   - found: What the caller has before the first person.
  ///   - check: The check of the run.
  init(_ found: Found, check: PermissionCheck) {
    self.found = found
    self.check = check
  }

  /// Where a member was met before.
  enum Meeting {
    /// Nowhere.
    case first
    /// In another group.
    case inOtherGroup
    /// In this group, on this or another page.
    case again
  }

  /// Notes that the members of the next group follow.
  mutating func beginGroup() {
    group += 1
    groupPeople = 0
  }

  /// Notes that a member is met.
  ///
  /// - Parameter member: Somebody or something on a page.
  /// - Returns: Where it was met before.
  mutating func meet(_ member: Member) -> Meeting {
    guard let last = met.meet(member.id, in: group) else { return .first }
    return last == group ? .again : .inOtherGroup
  }
}
