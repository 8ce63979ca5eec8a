/// The people whom EXCLUDEGROUPID leaves out, and the addresses that nobody else brings back.
public struct Exclusions: Equatable, Sendable {
  /// Their object ids.
  public private(set) var people: Set<ObjectID> = []
  /// From which alternative of QUERYFILTER on somebody else's address is left out too. It is 0 for
  /// the address that a list would hold of an excluded person.
  private var addresses: [[UInt8]: UInt8] = [:]

  /// Creates exclusions of nobody.
  public init() {}

  /// Whether nobody is left out.
  public var isEmpty: Bool { people.isEmpty }

  /// Leaves a person out whose addresses are not known.
  public mutating func insert(_ person: ObjectID) { people.insert(person) }

  /// Leaves a person out.
  ///
  /// The address that a list would hold of the person is nobody's. An address that the person has
  /// as a later alternative (such as `otherMails`, which people may set themselves) stays with
  /// whoever has it as an earlier one.
  ///
  /// - Parameters:
  ///   - member: Somebody in a group of EXCLUDEGROUPID.
  ///   - field: The field of QUERYFILTER that is the address.
  ///   - rules: What the configuration demands of values.
  /// - Returns: `false` if the person is left out already.
  @discardableResult
  public mutating func insert(
    _ member: Member, reading field: QueryFilter.Field, by rules: ValueRules
  ) -> Bool {
    guard people.insert(member.id).inserted else { return false }
    var hasAddress = false
    for (index, attribute) in field.alternatives.enumerated() {
      let single = QueryFilter.Field(alternatives: [attribute])
      let values = LineShape.values(of: single, in: member, by: rules, skip: { _ in })
      let first = hasAddress ? UInt8(clamping: index) : 0
      for address in values {
        let bytes = Array(address.utf8)
        addresses[bytes] = min(addresses[bytes] ?? first, first)
      }
      if !values.isEmpty { hasAddress = true }
    }
    return true
  }

  /// Adds what another configuration of the same list leaves out.
  public mutating func merge(_ other: Exclusions) {
    people.formUnion(other.people)
    addresses.merge(other.addresses, uniquingKeysWith: min)
  }

  /// Whether somebody's claim on an address is left out, since an excluded person has the address.
  ///
  /// - Parameters:
  ///   - address: The address as a list holds it.
  ///   - rank: The claim's rank.
  /// - Returns: `true` if it is left out.
  func cover(_ address: some Collection<UInt8>, _ rank: ClaimRank) -> Bool {
    guard !addresses.isEmpty else { return false }
    return addresses[Array(address)].map { rank.alternative >= $0 } ?? false
  }
}
