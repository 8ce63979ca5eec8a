/// A group that has fewer people than it had when a run last went well.
///
/// It is the guard's matter even where the list hardly changes: somebody else may have its people,
/// and a group of EXCLUDEGROUPID that loses people lets them in.
public struct GroupLoss: Equatable, Sendable {
  /// The group's object id.
  public var group: String
  /// Whether EXCLUDEGROUPID names it.
  public var isExcluded: Bool
  /// How many people it had.
  public var before: Int
  /// How many people it has.
  public var now: Int

  /// Creates a loss from its parts.
  public init(group: String, isExcluded: Bool, before: Int, now: Int) {
    self.group = group
    self.isExcluded = isExcluded
    self.before = before
    self.now = now
  }

  /// The groups that have lost people.
  ///
  /// A group has to be in both. If it is in one of them alone, a person has changed something.
  /// Of a group that several configurations name, the one that sees most people in it counts.
  ///
  /// - Parameters:
  ///   - old: What each group had.
  ///   - new: What it has.
  /// - Returns: The losses, in the order of `new`.
  public static func all(
    from old: [RunRecord.Group], to new: [RunRecord.Group]
  ) -> [GroupLoss] {
    struct Key: Hashable {
      var id: String
      var isExcluded: Bool
    }
    func most(_ groups: [RunRecord.Group]) -> [Key: Int] {
      Dictionary(
        groups.map { (Key(id: $0.id, isExcluded: $0.isExcluded), $0.people) },
        uniquingKeysWith: max)
    }
    let before = most(old)
    var now = most(new)
    return new.compactMap { group in
      let key = Key(id: group.id, isExcluded: group.isExcluded)
      guard let people = now.removeValue(forKey: key), let before = before[key], people < before
      else { return nil }
      return GroupLoss(
        group: group.id, isExcluded: group.isExcluded, before: before, now: people)
    }
  }
}

extension GroupLoss: CustomStringConvertible {
  private static let kinds = ["group ", "excluded group "]

  /// The loss in words, such as `excluded group 5e1f… had 40 people, and has 3`.
  public var description: String {
    let people = before == 1 ? "1 person" : "\(before) people"
    return "\(GroupLoss.kinds[isExcluded ? 1 : 0])\(group) had \(people), and has \(now)"
  }

  /// Reads a loss as ``description`` has it; `nil` for any other text.
  init?(_ text: some StringProtocol) {
    guard let kind = GroupLoss.kinds.firstIndex(where: { text.hasPrefix($0) }) else { return nil }
    let words = text.dropFirst(GroupLoss.kinds[kind].count).split(separator: " ")
    guard words.count == 7, let before = Int(words[2]), let now = Int(words[6]) else { return nil }
    self.init(group: String(words[0]), isExcluded: kind == 1, before: before, now: now)
    guard description == text else { return nil }
  }
}

extension ChangeGuard {
  /// Decides whether a group may have lost so many people without a person.
  ///
  /// Whatever the limits are, it may not have lost all.
  ///
  /// - Parameters:
  ///   - loss: What it has lost.
  ///   - mayBeEmpty: Whether EXCLUDEEMPTY allows an excluded group without people.
  /// - Returns: `nil` if it may, otherwise why not, with the figures.
  public func objection(to loss: GroupLoss, mayBeEmpty: Bool = false) -> String? {
    if loss.now == 0, loss.before > 0, !(loss.isExcluded && mayBeEmpty) { return "\(loss)" }
    guard maximumRemoved.isExceeded(by: loss.before - loss.now, of: loss.before) else { return nil }
    return "\(loss), a loss of more than MAXREMOVED (\(maximumRemoved)) allows"
  }
}
