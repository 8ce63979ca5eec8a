/// Which members a run has met, and in which group each was met last.
///
/// It is a table of 20 to 40 bytes a member. A `Dictionary` would take twice that, and most of the
/// time would be its hashing.
public struct MetMembers: Sendable {
  /// The members in the order in which they were met first.
  private var ids = GrowingArray<ObjectID>()
  /// The group in which each of them was met last; empty as long as there is but one group.
  private var groups = GrowingArray<UInt32>()
  /// The group of the first member.
  private var firstGroup: UInt32 = 0
  /// Where each member is in ``ids``, counted from 1; 0 for a free place. There are always more
  /// free places than others.
  private var places = GrowingArray<UInt32>(zeros: 64)

  /// A table without members.
  public init() {}

  /// How many members were met.
  public var count: Int { ids.count }

  /// Notes that a member is met.
  ///
  /// - Parameters:
  ///   - id: The member's object id.
  ///   - group: The number of the group that is being read.
  /// - Returns: The group in which the member was met before; `nil` for one that is new.
  public mutating func meet(_ id: ObjectID, in group: UInt32) -> UInt32? {
    if ids.isEmpty { firstGroup = group }
    if groups.isEmpty, group != firstGroup {
      for _ in ids { groups.append(firstGroup) }
    }
    var place = start(of: id)
    while places[place] != 0 {
      let index = Int(places[place]) - 1
      if ids[index] == id {
        guard !groups.isEmpty else { return firstGroup }
        defer { groups[index] = group }
        return groups[index]
      }
      place = (place + 1) & (places.count - 1)
    }
    ids.append(id)
    if !groups.isEmpty { groups.append(group) }
    places[place] = UInt32(ids.count)
    if ids.count * 2 > places.count { grow() }
    return nil
  }

  private mutating func grow() {
    let count = places.count * 2
    // The old table goes before the new one comes.
    places = GrowingArray()
    places = GrowingArray(zeros: count)
    for (index, id) in ids.enumerated() {
      var place = start(of: id)
      while places[place] != 0 { place = (place + 1) & (places.count - 1) }
      places[place] = UInt32(index + 1)
    }
  }

  /// Where to look for a member first. Nobody outside of the process can choose ids that meet.
  private func start(of id: ObjectID) -> Int {
    let (high, low) = id.halves
    let product = (high ^ MetMembers.seeds.0).multipliedFullWidth(by: low ^ MetMembers.seeds.1)
    return Int(truncatingIfNeeded: product.high ^ product.low) & (places.count - 1)
  }

  private static let seeds = (UInt64.random(in: 0 ... .max), UInt64.random(in: 0 ... .max))
}
