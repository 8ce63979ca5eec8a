extension Directory {
  /// The members of a group and of the groups in it: flat, each object once, the nested groups
  /// among them.
  ///
  /// A group that holds itself, directly or not, is visited once and not listed as its own member.
  ///
  /// - Parameter group: The group's id.
  /// - Returns: The members in a stable order, or nil for an unknown group.
  func flatten(_ group: String) -> [Entry]? {
    guard let direct = self.group(group)?.entries else { return nil }
    var seen: Set<String> = [group.lowercased()]
    var flat: [Entry] = []
    var waiting = [direct]
    var next = 0
    while next < waiting.count {
      for entry in waiting[next] where seen.insert(id(of: entry)).inserted {
        flat.append(entry)
        if case .given(.group(let id)) = entry, let inner = self.group(id) {
          waiting.append(inner.entries)
        }
      }
      next += 1
    }
    return flat
  }

  /// The members of a group, spelt out.
  ///
  /// - Parameters:
  ///   - group: The group's id.
  ///   - transitive: Whether members of nested groups are listed too.
  /// - Returns: The members in the order in which they are served; empty for an unknown group.
  public func members(of group: String, transitive: Bool = false) -> [Member] {
    ((transitive ? flatten(group) : self.group(group)?.entries) ?? []).map(member)
  }

  /// Replaces the members of a group, which is made when there is none with that id.
  ///
  /// - Parameters:
  ///   - group: The group's id, a GUID.
  ///   - members: All its members from now on.
  public mutating func setMembers(of group: String, to members: [Member]) {
    var changed = self.group(group) ?? Group(displayName: "Group", mail: nil, entries: [])
    changed.entries = members.map(Entry.given)
    setGroup(group, to: changed)
  }

  /// Adds members at the end of a group; those it has already are left as they are.
  ///
  /// - Parameters:
  ///   - members: Whom to add.
  ///   - group: The group's id, a GUID; a new group is made when there is none.
  public mutating func add(_ members: [Member], to group: String) {
    var changed = self.group(group) ?? Group(displayName: "Group", mail: nil, entries: [])
    var present = Set(changed.entries.map(id(of:)))
    for member in members where present.insert(member.id).inserted {
      changed.entries.append(.given(member))
    }
    setGroup(group, to: changed)
  }

  /// Removes members from a group by their object ids; ids that are not in it change nothing.
  ///
  /// - Parameters:
  ///   - ids: The object ids of those who leave.
  ///   - group: The group's id.
  public mutating func remove(ids: Set<String>, from group: String) {
    guard var changed = self.group(group) else { return }
    let leaving = Set(ids.map { $0.lowercased() })
    changed.entries.removeAll { leaving.contains(id(of: $0)) }
    setGroup(group, to: changed)
  }
}
