/// The people whom EXCLUDEGROUPID leaves out, and the addresses that nobody else brings back.
public struct Exclusions: Equatable, Sendable {
  /// Their object ids.
  public private(set) var people: Set<ObjectID> = []
  /// From which alternative of QUERYFILTER on somebody else's address is left out too.
  private var addresses: [[UInt8]: UInt8] = [:]

  /// Creates exclusions of nobody.
  public init() {}

  /// Whether nobody is left out.
  public var isEmpty: Bool { people.isEmpty }

  /// Leaves a person out whose addresses are not known.
  public mutating func insert(_ person: ObjectID) { people.insert(person) }

  /// Leaves a person out.
  ///
  /// The person's addresses are nobody's. But one that the person has as a later alternative (such
  /// as `otherMails`, which people may set themselves) stays with whoever has it as an earlier one.
  ///
  /// - Parameters:
  ///   - member: Somebody in a group of EXCLUDEGROUPID.
  ///   - field: The field of QUERYFILTER that is the address.
  /// - Returns: `false` if the person is left out already.
  @discardableResult
  public mutating func insert(_ member: Member, reading field: QueryFilter.Field) -> Bool {
    guard people.insert(member.id).inserted else { return false }
    for (address, first) in Exclusions.addresses(of: member, reading: field) {
      let bytes = Array(address.utf8)
      addresses[bytes] = min(addresses[bytes] ?? first, first)
    }
    return true
  }

  /// The addresses of an excluded person.
  ///
  /// All of them count, however many there are, and also those that DOMAINS or EXCLUDEADDRESSES
  /// keeps out of lists: another configuration may want them.
  ///
  /// - Parameters:
  ///   - member: The person.
  ///   - field: The field of QUERYFILTER that is the address.
  /// - Returns: Each with the alternative from which on somebody else's claim is left out.
  static func addresses(
    of member: Member, reading field: QueryFilter.Field
  ) -> [(address: String, first: UInt8)] {
    field.alternatives.enumerated().flatMap { index, attribute in
      member.values(of: attribute).filter(attribute.counts).compactMap { value in
        (try? attribute.read(value, by: ValueRules())).map { ($0, UInt8(clamping: index)) }
      }
    }
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
