/// What one person would put into a list under one address.
public struct Claim: Equatable, Sendable {
  /// What came of a line's other values.
  public enum Outcome: Equatable, Sendable {
    /// The lines, at least one.
    case lines([String])
    /// The person has no value of an attribute that the line needs.
    case lacking
    /// The person has a value that no line may hold.
    case refused
  }

  /// The address as a list holds it.
  public var address: String
  /// The person's object id.
  public var person: ObjectID
  /// How strong the claim is.
  public var rank: ClaimRank
  /// The lines, or why there are none.
  public var outcome: Outcome

  /// Creates a claim from its parts.
  public init(address: String, person: ObjectID, rank: ClaimRank, outcome: Outcome) {
    self.address = address
    self.person = person
    self.rank = rank
    self.outcome = outcome
  }
}
