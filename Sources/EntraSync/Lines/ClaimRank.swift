/// How strong a person's claim on an address is.
///
/// Of several people with one address, the one whose earlier alternative of QUERYFILTER holds it
/// comes first, then a member before a guest, then an enabled account before a disabled one. What
/// Graph does not tell of a person decides nothing.
public struct ClaimRank: Hashable, Sendable {
  /// Why one claim comes before another.
  enum Reason: Equatable, Sendable {
    /// An earlier alternative of QUERYFILTER holds the address.
    case alternative
    /// A member comes before a guest.
    case userType
    /// A member comes before a mail contact.
    case contact
    /// An enabled account comes before a disabled one.
    case account
  }

  /// Which alternative of QUERYFILTER's field holds the address, counted from 0.
  let alternative: UInt8
  /// What the person is.
  private let standing: Standing
  /// Whether the account may sign in; `nil` if Graph does not tell.
  let isEnabled: Bool?

  /// What a person is. A mail contact has no account and counts as a guest.
  private enum Standing: UInt8 {
    case member, guest, contact, unknown
  }

  /// Whether the person is a guest; `nil` if Graph does not tell.
  var isGuest: Bool? { standing == .unknown ? nil : standing != .member }
  /// Whether the person is a mail contact.
  var isContact: Bool { standing == .contact }

  /// Creates the rank of a person's claim.
  ///
  /// - Parameters:
  ///   - alternative: Which alternative holds the address, counted from 0.
  ///   - member: The person, with what Graph tells of the account. A mail contact has none, and
  ///     comes after the members.
  public init(alternative: Int, of member: Member) {
    self.alternative = UInt8(clamping: alternative)
    standing =
      member.kind == .contact
      ? .contact : member.account.isGuest.map { $0 ? .guest : .member } ?? .unknown
    isEnabled = member.account.isEnabled
  }

  /// Why this claim comes before another; `nil` if it does not.
  ///
  /// - Parameter other: Another person's rank.
  /// - Returns: The reason.
  func advantage(over other: ClaimRank) -> Reason? {
    if alternative != other.alternative {
      return alternative < other.alternative ? .alternative : nil
    }
    guard let isGuest, let isOtherGuest = other.isGuest else { return nil }
    if isGuest != isOtherGuest {
      return isOtherGuest ? (other.isContact ? .contact : .userType) : nil
    }
    guard let isEnabled, let isOtherEnabled = other.isEnabled else { return nil }
    return isEnabled && !isOtherEnabled ? .account : nil
  }

  /// The rank of one person's two claims on the same address.
  ///
  /// - Parameter other: What another client knows of the person.
  /// - Returns: The stronger rank, with what either knows.
  func merged(with other: ClaimRank) -> ClaimRank {
    ClaimRank(
      alternative: min(alternative, other.alternative),
      standing: standing == .unknown ? other.standing : standing,
      isEnabled: isEnabled ?? other.isEnabled)
  }

  private init(alternative: UInt8, standing: Standing, isEnabled: Bool?) {
    self.alternative = alternative
    self.standing = standing
    self.isEnabled = isEnabled
  }

  /// The rank in twelve bits, from which it can be made again.
  var bits: UInt16 {
    let enabled: UInt16 = isEnabled.map { $0 ? 1 : 2 } ?? 0
    return UInt16(alternative) << 4 | UInt16(standing.rawValue) << 2 | enabled
  }

  /// Makes a rank of its ``bits``.
  init(bits: UInt16) {
    let enabled = bits & 3
    self.init(
      alternative: UInt8(truncatingIfNeeded: bits >> 4),
      standing: Standing(rawValue: UInt8(bits >> 2 & 3)) ?? .unknown,
      isEnabled: enabled == 0 ? nil : enabled == 1)
  }
}
