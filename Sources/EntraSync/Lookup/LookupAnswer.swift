/// What one configuration knows about an address. "Cannot tell" is an answer of its own and never
/// means no.
public enum LookupAnswer: Equatable, Sendable {
  /// Who has the address; nobody, unless the finding names people.
  case found(AddressFinding)
  /// Graph cannot tell, for this reason.
  case unknown(EntraSyncError)

  /// Nobody in the groups has the address.
  public static var notMember: LookupAnswer { .found(AddressFinding()) }

  /// The people in the groups who have the address.
  var people: [AddressFinding.Claimant] {
    guard case .found(let finding) = self else { return [] }
    return finding.claimants
  }

  /// The ids of the people in the groups who have the address.
  public var claimants: Set<ObjectID> { Set(people.map(\.member.id)) }

  /// The ids of the people whom the configuration is known to exclude.
  public var excludedPeople: Set<ObjectID> {
    guard case .found(let finding) = self else { return [] }
    return finding.exclusions.people
  }
}

/// The people of one configuration who have an address, and those whom it leaves out.
///
/// ``AddressVerdict`` decides from the findings of all configurations whose the address is.
public struct AddressFinding: Equatable, Sendable {
  /// Somebody in the groups who has the address.
  public struct Claimant: Equatable, Sendable {
    /// The person. If the address itself found the person, it is the only address of theirs that is
    /// kept.
    public var member: Member
    /// How strong the person's claim on the address is.
    public var rank: ClaimRank
    /// Whether the address is another one of the person's, by which no list has the person.
    public var isAlias = false
  }

  /// The people in the groups who have the address and whom the configuration wants.
  public var claimants: [Claimant] = []
  /// Whom EXCLUDEGROUPID leaves out, as far as they have the address or were asked about.
  public var exclusions = Exclusions()
  /// People in the groups who have the address, and of whom Graph does not say whether the
  /// configuration wants them, with the reason.
  public var unclear: [Report.Skip] = []
  /// Why Graph may hide further people in the groups who have the address; empty if it does not.
  public var hiddenPeople: [EntraSyncError] = []
  /// Why Graph may hide that some of the people are excluded; empty if it does not.
  public var hiddenExclusions: [EntraSyncError] = []

  /// Creates a finding of nobody.
  public init() {}
}
