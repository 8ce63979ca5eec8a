/// A claim of a ``ClaimSet`` in 24 bytes, since there may be millions. Its texts stand elsewhere:
/// the address, and behind it the lines.
struct ClaimRecord: BitwiseCopyable {
  /// What a claim comes to.
  enum Form: UInt8 {
    /// Lines, which may be none.
    case lines
    /// One line, which is the address.
    case addressAlone
    /// None, since a value was refused.
    case refused
  }

  /// The person. As one number it would be aligned to 16 bytes.
  private let id: (high: UInt64, low: UInt64)
  /// From the highest bit: where the address starts (34 bits), its length (16), the rank (12)
  /// and the form (2).
  private let packed: UInt64

  /// Creates a record.
  ///
  /// - Parameters:
  ///   - person: The person's object id.
  ///   - start: Where the address starts, below 2^34. A list is never written that has 64 MiB.
  ///   - addressLength: Its bytes: at most 254, or of a longer text that is no address, the first
  ///     65,535.
  ///   - rank: How strong the claim is.
  ///   - form: What it comes to.
  init(person: ObjectID, start: Int, addressLength: Int, rank: ClaimRank, form: Form) {
    id = person.halves
    precondition(start >> 34 == 0)
    packed =
      UInt64(start) << 30 | UInt64(UInt16(clamping: addressLength)) << 14 | UInt64(rank.bits) << 2
      | UInt64(form.rawValue)
  }

  /// The person's object id.
  var person: ObjectID { ObjectID(halves: id) }
  /// Where the address starts.
  var start: Int { Int(packed >> 30) }
  /// Where the address is.
  var address: Range<Int> { start..<start + Int(UInt16(truncatingIfNeeded: packed >> 14)) }
  /// How strong the claim is.
  var rank: ClaimRank { ClaimRank(bits: UInt16(truncatingIfNeeded: packed >> 2) & 0xFFF) }
  /// What it comes to.
  var form: Form { Form(rawValue: UInt8(packed & 3)) ?? .refused }
}
