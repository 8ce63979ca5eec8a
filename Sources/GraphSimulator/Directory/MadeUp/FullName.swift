/// The name of a made-up person: a pair of names of one culture, and a number when the pair has
/// been used before.
struct FullName {
  let culture: Culture
  let given: Name
  let family: Name
  /// How many people of the culture had the same pair before.
  let repetition: Int

  /// The name of person `number`.
  ///
  /// Within a culture, the pairs are gone through in an order that is a permutation of all of them,
  /// so that none comes twice before every one has come once.
  init(number: Int, hash: SeededHash) {
    let (block, position) = number.quotientAndRemainder(dividingBy: Self.pattern.count)
    let slot = Self.pattern[position]
    culture = slot.culture
    let rank = block * slot.share + slot.place

    let pairs = culture.given.count * culture.family.count
    var step = hash(.nameOrder, slot.index, below: pairs) | 1
    while Self.commonDivisor(step, pairs) != 1 { step += 2 }
    let start = hash(.nameStart, slot.index, below: pairs)
    let pair = (start + step % pairs * (rank % pairs)) % pairs
    given = culture.given[pair % culture.given.count]
    family = culture.family[pair / culture.given.count]
    repetition = rank / pairs
  }

  /// As shown in the address book.
  var displayName: String {
    guard culture.familyNameFirst else { return "\(given.written) \(family.written)" }
    // Chinese names are written without a space.
    let separator = culture.language == "zh-CN" ? "" : " "
    return "\(family.written)\(separator)\(given.written)"
  }

  /// The part before the `@`, different for each person of the culture.
  var local: String {
    repetition == 0
      ? "\(given.mail).\(family.mail)" : "\(given.mail).\(family.mail)\(repetition + 1)"
  }

  /// Which culture the people of each block of 20 have.
  private struct Slot {
    /// The culture's place in the list of all.
    let index: Int
    let culture: Culture
    /// How many of the block are of this culture.
    let share: Int
    /// Which of those this one is.
    let place: Int
  }

  private static let pattern: [Slot] = {
    var slots: [Slot] = []
    for (index, entry) in Culture.all.enumerated() {
      for place in 0..<entry.share {
        slots.append(
          Slot(index: index, culture: entry.culture, share: entry.share, place: place))
      }
    }
    // Neighbours in a list should differ; 7 is coprime to 20.
    return slots.indices.map { slots[$0 * 7 % slots.count] }
  }()

  private static func commonDivisor(_ first: Int, _ second: Int) -> Int {
    var (larger, smaller) = (first, second)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    return larger
  }
}
