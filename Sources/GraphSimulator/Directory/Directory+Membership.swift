extension Directory {
  /// Lists the members of a group and of its nested groups in one flat list, each object once.
  ///
  /// The nested groups themselves are listed too. A group that holds itself, directly or through
  /// others, is read once and not listed as its own member.
  ///
  /// - Parameters:
  ///   - group: The group's id.
  ///   - showsHidden: Whether groups that hide their members show them.
  /// - Returns: The members in a stable order, or nil for an unknown group.
  func flatten(_ group: String, showsHidden: Bool = true) -> [Entry]? {
    func shown(_ group: Group) -> [Entry] {
      group.hidesMembers && !showsHidden ? [] : group.entries
    }
    guard let direct = self.group(group).map(shown) else { return nil }
    var seen: Set<String> = [group.lowercased()]
    var flat: [Entry] = []
    var waiting = [direct]
    var next = 0
    while next < waiting.count {
      for entry in waiting[next] where seen.insert(id(of: entry)).inserted {
        flat.append(entry)
        if case .given(.group(let id)) = entry, let inner = self.group(id) {
          waiting.append(shown(inner))
        }
      }
      next += 1
    }
    return flat
  }

  /// The members of a group, with all their properties.
  ///
  /// - Parameters:
  ///   - group: The group's id.
  ///   - transitive: Whether members of nested groups are listed too.
  /// - Returns: The members in the order in which they are served; empty for an unknown group.
  public func members(of group: String, transitive: Bool = false) -> [Member] {
    ((transitive ? flatten(group) : self.group(group)?.entries) ?? []).map(member)
  }

  /// Replaces the members of a group, or makes a group with that id if there is none.
  ///
  /// - Parameters:
  ///   - group: The group's id, a GUID.
  ///   - members: All members that the group has from now on.
  public mutating func setMembers(of group: String, to members: [Member]) {
    var changed = self.group(group) ?? Group(displayName: "Group", mail: nil, entries: [])
    changed.entries = members.map(Entry.given)
    setGroup(group, to: changed)
  }

  /// Sets whether a group hides its members (`visibility` HiddenMembership).
  ///
  /// An application without ``Role/memberReadHidden`` sees such a group without members, and never
  /// among the groups that contain a user.
  ///
  /// - Parameters:
  ///   - hidesMembers: Whether it does.
  ///   - group: The group's id; nothing happens if there is none with that id.
  public mutating func setHidesMembers(_ hidesMembers: Bool, of group: String) {
    guard var changed = self.group(group) else { return }
    changed.hidesMembers = hidesMembers
    setGroup(group, to: changed)
  }

  /// Adds members at the end of a group; a member that it already has stays as it is.
  ///
  /// - Parameters:
  ///   - members: The members to add.
  ///   - group: The group's id, a GUID; a group is made if there is none with that id.
  public mutating func add(_ members: [Member], to group: String) {
    var changed = self.group(group) ?? Group(displayName: "Group", mail: nil, entries: [])
    var present = Set(changed.entries.map(id(of:)))
    for member in members where present.insert(member.id).inserted {
      changed.entries.append(.given(member))
    }
    setGroup(group, to: changed)
  }

  /// Removes members from a group by their object ids; other ids change nothing.
  ///
  /// - Parameters:
  ///   - ids: The object ids of the members to remove.
  ///   - group: The group's id.
  public mutating func remove(ids: Set<String>, from group: String) {
    guard var changed = self.group(group) else { return }
    let leaving = Set(ids.map { $0.lowercased() })
    changed.entries.removeAll { leaving.contains(id(of: $0)) }
    setGroup(group, to: changed)
  }
}
