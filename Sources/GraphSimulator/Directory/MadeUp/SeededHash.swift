/// Reproducible numbers: the same seed, person and purpose always give the same number.
///
/// The mixing function is that of SplitMix64, a bijection of 64 bits. Two people therefore never
/// get the same number for the same purpose.
struct SeededHash: Sendable {
  /// The seed of the directory.
  let seed: UInt64

  /// The purpose of a number; the numbers of one person for two purposes are independent.
  enum Purpose: UInt64 {
    case idHigh = 1, idLow, kind, mail, phone, phoneDigits, job, office, account, arrays
    case nameOrder, nameStart
  }

  /// The number of person `ordinal` for `purpose`.
  func callAsFunction(_ purpose: Purpose, _ ordinal: Int) -> UInt64 {
    Self.mix(Self.mix(seed &+ purpose.rawValue &* 0x9E37_79B9_7F4A_7C15) &+ UInt64(ordinal))
  }

  /// The number of person `ordinal` for `purpose`, from 0 up to and without `bound`.
  func callAsFunction(_ purpose: Purpose, _ ordinal: Int, below bound: Int) -> Int {
    Int(self(purpose, ordinal) % UInt64(bound))
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
