/// Everybody's claims on addresses, from which the lines of a list are made: one address, one
/// person.
///
/// Who has an address does not depend on the order in which people came. Of the people with one
/// address, ``ClaimRank`` decides. Where it does not, and their lines differ, nobody has the
/// address.
///
/// All texts share one buffer, since a list may have hundreds of thousands of them.
public struct ClaimSet: Sendable {
  /// The address of each claim, and behind it the lines up to the next claim.
  private var bytes = GrowingArray<UInt8>()
  private var records = GrowingArray<ClaimRecord>()
  /// The texts of one claim while they are put together.
  private var texts: [UInt8] = []
  /// How many claims there were before each client's.
  private var starts: [Int] = []

  /// A set without claims.
  public init() {}

  /// Notes that the claims of a list's next client follow.
  public mutating func beginClient() { starts.append(records.count) }

  /// Who read a person, and what the person is.
  public struct Origin: Equatable, Sendable {
    /// The first client that read the person, counted from 0.
    public let client: Int
    /// Whether the person is a mail contact.
    public let isContact: Bool
  }

  /// Where the claims of some people came from.
  ///
  /// - Parameter people: Their object ids.
  /// - Returns: The origin of each one who has a claim.
  func origins(of people: Set<ObjectID>) -> [ObjectID: Origin] {
    guard !people.isEmpty else { return [:] }
    var found: [ObjectID: Origin] = [:]
    var client = 0
    for (index, record) in records.enumerated() {
      while starts.indices.contains(client + 1), starts[client + 1] <= index { client += 1 }
      guard people.contains(record.person), found[record.person] == nil else { continue }
      found[record.person] = Origin(client: client, isContact: record.rank.isContact)
    }
    return found
  }

  /// Adds a claim.
  ///
  /// - Parameter claim: The claim.
  public mutating func insert(_ claim: Claim) {
    var texts = Array(claim.address.utf8)
    let addressLength = texts.count
    if case .lines(let lines) = claim.outcome {
      for line in lines {
        texts.append(contentsOf: line.utf8)
        texts.append(LineSet.newline)
      }
    }
    insert(
      claim.person, claim.rank, texts, addressLength,
      as: claim.outcome == .refused ? .refused : .lines)
  }

  /// Adds a claim with its texts: the address, and behind it the lines.
  private mutating func insert(
    _ person: ObjectID, _ rank: ClaimRank, _ texts: [UInt8], _ addressLength: Int,
    as form: ClaimRecord.Form
  ) {
    records.append(
      ClaimRecord(
        person: person, start: bytes.count, addressLength: addressLength, rank: rank, form: form))
    texts.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
  }

  /// Where the lines of a claim are.
  private func lines(of index: Int) -> Range<Int> {
    let record = records[index]
    guard record.form != .addressAlone else { return record.address }
    let end = index + 1 < records.count ? records[index + 1].start : bytes.count
    return record.address.upperBound..<end
  }

  /// Adds a claim with one line, byte by byte.
  ///
  /// - Parameters:
  ///   - person: The person's object id.
  ///   - rank: How strong the claim is.
  ///   - isAddressAlone: Whether the line is the address. `line` is not asked for it then.
  ///   - address: Adds the address to the bytes that it is given.
  ///   - line: Adds the line, without its end. It is told where the address is.
  /// - Returns: `false` if one of the two does; nothing is added then.
  mutating func insert(
    _ person: ObjectID, _ rank: ClaimRank, isAddressAlone: Bool,
    address: (inout [UInt8]) -> Bool, line: (inout [UInt8], Range<Int>) -> Bool
  ) -> Bool {
    texts.removeAll(keepingCapacity: true)
    guard address(&texts) else { return false }
    let addressLength = texts.count
    if !isAddressAlone {
      guard line(&texts, 0..<addressLength) else { return false }
      texts.append(LineSet.newline)
    }
    insert(person, rank, texts, addressLength, as: isAddressAlone ? .addressAlone : .lines)
    return true
  }

  /// How many claims there are.
  var count: Int { records.count }

  /// Whether two of the last claims are for one address.
  ///
  /// - Parameter start: The first of them.
  /// - Returns: Whether there are two.
  func hasRepetition(from start: Int) -> Bool {
    guard records.count - start > 1 else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      records.indices[start...].contains { index in
        let address = bytes[part: records[index].address]
        return records[start..<index].contains {
          ByteOrder.areEqual(bytes[part: $0.address], address)
        }
      }
    }
  }

  /// Removes claims at the end.
  ///
  /// - Parameter start: The first of them.
  mutating func remove(from start: Int) {
    guard records.indices.contains(start) else { return }
    bytes.removeLast(bytes.count - records[start].start)
    records.removeLast(records.count - start)
  }

  /// All claims in their order, with their lines as texts.
  var claims: [Claim] {
    records.indices.map { index in
      let record = records[index]
      let lines = bytes[lines(of: index)].split(separator: LineSet.newline)
        .map { String(decoding: $0, as: UTF8.self) }
      // Without lines it does not matter whether a value is missing or blank.
      return Claim(
        address: String(decoding: bytes[record.address], as: UTF8.self), person: record.person,
        rank: record.rank,
        outcome: record.form == .refused ? .refused : lines.isEmpty ? .lacking : .lines(lines))
    }
  }

  /// Hands out each line that anybody claims, with its address.
  ///
  /// - Parameter body: Receives a line without its end, and the address.
  func forEachLine(_ body: (_ line: ArraySlice<UInt8>, _ address: ArraySlice<UInt8>) -> Void) {
    let bytes = Array(bytes)
    for index in records.indices {
      for line in bytes[lines(of: index)].split(separator: LineSet.newline) {
        body(line, bytes[records[index].address])
      }
    }
  }

  /// What the claims come to.
  public struct Resolution: Sendable {
    /// The lines of the list, in order.
    public fileprivate(set) var lines = LineSet()
    /// Who does not get an address, with the reason.
    public fileprivate(set) var losers: [(person: ObjectID, reason: String)] = []
    /// The addresses that nobody gets, since people of one rank have them.
    public fileprivate(set) var disputed: [Dispute] = []
    /// People whom another configuration of the list leaves out.
    public fileprivate(set) var excluded: Set<ObjectID> = []
  }

  /// An address that nobody gets.
  public struct Dispute: Equatable, Sendable {
    /// The address.
    public let address: String
    /// The people who have it.
    public let people: [ObjectID]

    /// What a person should know and do, in one line.
    public var text: String {
      let names = ClaimSet.names(people)
      return
        "\(address.quoted()) belongs to \(names), and \(people.count == 2 ? "neither" : "none") comes "
        + "before the other, so nobody gets it; leave the address to one of them in Entra ID"
    }
  }

  /// Decides who has each address.
  ///
  /// - Parameter exclusions: Who is left out of the list, by any of its configurations.
  /// - Returns: The lines, and who got none.
  public func resolve(excluding exclusions: Exclusions) -> Resolution {
    var resolution = Resolution()
    resolution.lines.reserve(mostBytes)
    bytes.withUnsafeBufferPointer { bytes in
      let order = order(bytes)
      var first = 0
      while first < order.count {
        let record = records[Int(order[first])]
        let address = bytes[part: record.address]
        var next = first + 1
        while next < order.count,
          ByteOrder.areEqual(address, bytes[part: records[Int(order[next])].address])
        {
          next += 1
        }
        if next == first + 1, !isExcluded(record, bytes, by: exclusions) {
          let text = bytes[part: lines(of: Int(order[first]))]
          var lines = LineCursor()
          while let line = lines.next(in: text) { resolution.lines.insert(text[part: line]) }
        } else {
          resolve(order[first..<next].map(Int.init), bytes, excluding: exclusions, &resolution)
        }
        first = next
      }
    }
    resolution.lines.order()
    return resolution
  }

  /// How many bytes the lines have at the most, with their ends.
  private var mostBytes: Int {
    records.indices.reduce(0) { $0 + lines(of: $1).count + 1 }
  }

  private func isExcluded(
    _ record: ClaimRecord, _ bytes: UnsafeBufferPointer<UInt8>, by exclusions: Exclusions
  ) -> Bool {
    guard !exclusions.isEmpty else { return false }
    return exclusions.people.contains(record.person)
      || exclusions.cover(bytes[part: record.address], record.rank)
  }

  /// The claims by their addresses, and those of one address by their people, each in the order in
  /// which they came.
  private func order(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt32] {
    ByteOrder.order(records.count, { bytes[part: records[$0].address] }) { left, right in
      let (one, other) = (records[left].person, records[right].person)
      return one == other ? left < right : one.number < other.number
    }
  }

  /// Decides who has one address.
  private func resolve(
    _ claims: some Collection<Int>, _ bytes: UnsafeBufferPointer<UInt8>,
    excluding exclusions: Exclusions,
    _ resolution: inout Resolution
  ) {
    guard let first = claims.first else { return }
    func address() -> String { bytes[part: records[first].address].text }
    var contenders: [Contender] = []
    for index in claims {
      let claim = records[index]
      if exclusions.people.contains(claim.person) {
        resolution.excluded.insert(claim.person)
      } else if exclusions.cover(bytes[part: claim.address], claim.rank) {
        resolution.losers.append(
          (
            claim.person,
            "\(address().quoted()) is the address of somebody whom EXCLUDEGROUPID leaves out"
          ))
      } else {
        let lines = bytes[lines(of: index)].split(separator: LineSet.newline).map { Array($0) }
        if contenders.last?.person == claim.person {
          contenders[contenders.count - 1].merge(claim.rank, claim.form == .refused, lines)
        } else {
          contenders.append(
            Contender(
              person: claim.person, rank: claim.rank, isRefused: claim.form == .refused,
              lines: lines))
        }
      }
    }
    let order = RankOrder(contenders.lazy.map(\.rank))
    let top = contenders.filter { order.top.contains($0.rank) }
    // Somebody without a value has no say among equals. Somebody whose value is refused has one.
    let relevant = top.filter { !$0.lines.isEmpty || $0.isRefused }
    var written: [[UInt8]] = []
    if let one = relevant.first {
      if relevant.allSatisfy({ $0.hasSameLines(as: one) }) {
        written = one.lines
        for line in written { resolution.lines.insert(line) }
      } else {
        let dispute = Dispute(address: address(), people: relevant.map(\.person))
        resolution.disputed.append(dispute)
        let text = dispute.text
        for one in relevant { resolution.losers.append((one.person, text)) }
      }
    }
    // The first person of each rank, so that the same one is named whoever came first.
    var winners: [Contender] = []
    for one in top where !winners.contains(where: { $0.rank == one.rank }) { winners.append(one) }
    let writtenLines = Set(written)
    for loser in contenders where !loser.lines.allSatisfy({ writtenLines.contains($0) }) {
      for winner in winners {
        guard let reason = order.advantage(of: winner.rank, over: loser.rank) else { continue }
        resolution.losers.append(
          (
            loser.person,
            "\(address().quoted()) is the address of \(winner.person.text), \(reason.text)"
          ))
        break
      }
    }
  }

  /// Ids in a sentence: all of a few, the first of many.
  fileprivate static func names(_ people: [ObjectID]) -> String {
    let shown = people.prefix(5).map(\.text).joined(separator: " and ")
    return people.count > 5 ? "\(shown) and \(people.count - 5) more" : shown
  }
}

/// A person with an address, and all that the person's claims on it come to.
private struct Contender {
  let person: ObjectID
  var rank: ClaimRank
  var isRefused: Bool
  var lines: [[UInt8]]

  /// Adds what another client made of the same person.
  mutating func merge(_ other: ClaimRank, _ isRefused: Bool, _ lines: [[UInt8]]) {
    rank = rank.merged(with: other)
    self.isRefused = self.isRefused || isRefused
    for line in lines where !self.lines.contains(line) { self.lines.append(line) }
  }

  func hasSameLines(as other: Contender) -> Bool {
    lines.count == other.lines.count && lines.allSatisfy { other.lines.contains($0) }
  }
}

extension ClaimRank.Reason {
  /// Why somebody else has the address, as the end of a sentence.
  fileprivate var text: String {
    switch self {
    case .alternative: "in whom an earlier attribute of QUERYFILTER holds it"
    case .userType: "since a member comes before a guest"
    case .contact: "since a member comes before a mail contact"
    case .account: "since an enabled account comes before a disabled one"
    }
  }
}
