extension Report {
  /// Counts a member that is not read, by its kind.
  ///
  /// - Parameter member: A member that is no person.
  public mutating func countOther(_ member: Member) {
    others += 1
    switch member.kind {
    case .contact: contacts += 1
    case .device: devices += 1
    case .servicePrincipal: servicePrincipals += 1
    case .unknown: unknownTypes[member.type, default: 0] += 1
    // Groups are what is left of the total.
    case .group, .person: break
    }
  }

  /// Those of ``others`` whose type is not known here.
  public var unknownKinds: Int { unknownTypes.values.reduce(0, +) }

  /// Those of ``others`` that are groups.
  public var groups: Int {
    max(0, others - contacts - devices - servicePrincipals - unknownKinds)
  }

  /// Who was not read, such as `2 groups, 1 contact`; `nil` if everybody was. Groups are read if
  /// MEMBERSHIP is `transitive`.
  public var othersText: String? {
    let counts = [
      (nestedGroups > 0 ? groups : 0, "group", "groups"), (contacts, "contact", "contacts"),
      (devices, "device", "devices"),
      (servicePrincipals, "service principal", "service principals"),
      (unknownKinds, "member of an unknown type", "members of unknown types"),
    ]
    let parts = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? $0.1 : $0.2)" }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// A warning that names the unknown types, since one of them may be a new kind of user; `nil` if
  /// there are none.
  public var unknownTypesWarning: String? {
    guard !unknownTypes.isEmpty else { return nil }
    let mostNames = 5
    let names = unknownTypes.keys.sorted()
    let shown = names.prefix(mostNames).map { $0.quoted() }.joined(separator: ", ")
    let rest = names.count > mostNames ? " and \(names.count - mostNames) more" : ""
    return "\(unknownKinds) members of unknown types were not read: \(shown)\(rest); if they are "
      + "people, a newer entrasync may know them"
  }
}
