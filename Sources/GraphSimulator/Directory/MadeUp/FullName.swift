/// The name of a made-up person: two names of one culture, with a number if the pair comes again.
struct FullName {
  let culture: Culture
  let given: Name
  let family: Name
  /// How many earlier people of the culture have the same pair.
  let repetition: Int

  /// Creates the name of person `number`.
  ///
  /// The people of a culture take the pairs in the order of a permutation of all pairs: no pair
  /// comes a second time before every pair has come once.
  init(number: Int, hash: SeededHash) {
    let (block, position) = number.quotientAndRemainder(dividingBy: Self.pattern.count)
    let slot = Self.pattern[position]
    culture = slot.culture
    let rank = block * slot.share + slot.ordinal

    let pairs = culture.given.count * culture.family.count
    var step = hash(.nameOrder, slot.index, below: pairs) | 1
    while Self.commonDivisor(step, pairs) != 1 { step += 2 }
    let start = hash(.nameStart, slot.index, below: pairs)
    let pair = (start + step % pairs * (rank % pairs)) % pairs
    given = culture.given[pair % culture.given.count]
    family = culture.family[pair / culture.given.count]
    repetition = rank / pairs
  }

  /// The name as the address book shows it.
  var displayName: String {
    guard culture.familyNameFirst else { return "\(given.written) \(family.written)" }
    // Chinese names are written without a space.
    let separator = culture.language == "zh-CN" ? "" : " "
    return "\(family.written)\(separator)\(given.written)"
  }

  /// The part of the address before the `@`, which differs for each person of the culture.
  var local: String {
    repetition == 0
      ? "\(given.mail).\(family.mail)" : "\(given.mail).\(family.mail)\(repetition + 1)"
  }

  /// The culture of one person in each block of 20.
  private struct Slot {
    /// The culture's index in ``Culture/all``.
    let index: Int
    let culture: Culture
    /// How many people of the block are of this culture.
    let share: Int
    /// The number of this person among those, from 0.
    let ordinal: Int
  }

  private static let pattern: [Slot] = {
    var slots: [Slot] = []
    for (index, entry) in Culture.all.enumerated() {
      for ordinal in 0..<entry.share {
        slots.append(
          Slot(index: index, culture: entry.culture, share: entry.share, ordinal: ordinal))
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
