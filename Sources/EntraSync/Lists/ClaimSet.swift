/// Everybody's claims on addresses, from which the lines of a list are made: one address, one
/// person.
///
/// Who has an address does not depend on the order in which people came. Of the people with one
/// address, ``ClaimRank`` decides. Where it does not, and their lines differ, nobody has the
/// address.
///
/// All texts share one buffer, since a list may have hundreds of thousands of them.
public struct ClaimSet: Sendable {
  /// A claim whose texts are in ``bytes``: the address, and after it the lines.
  private struct Record {
    let person: ObjectID
    let start: Int
    let linesStart: Int
    let end: Int
    let rank: ClaimRank
    let isRefused: Bool

    var address: Range<Int> { start..<linesStart }
    var lines: Range<Int> { linesStart..<end }
  }

  private var bytes: [UInt8] = []
  private var records: [Record] = []
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
    let start = bytes.count
    bytes.append(contentsOf: claim.address.utf8)
    let linesStart = bytes.count
    if case .lines(let lines) = claim.outcome {
      for line in lines {
        bytes.append(contentsOf: line.utf8)
        bytes.append(ClaimSet.newline)
      }
    }
    records.append(
      Record(
        person: claim.person, start: start, linesStart: linesStart, end: bytes.count,
        rank: claim.rank, isRefused: claim.outcome == .refused))
  }

  /// Hands out each line that anybody claims, with its address.
  ///
  /// - Parameter body: Receives a line without its end, and the address.
  func forEachLine(_ body: (_ line: ArraySlice<UInt8>, _ address: ArraySlice<UInt8>) -> Void) {
    for record in records {
      for line in bytes[record.lines].split(separator: ClaimSet.newline) {
        body(line, bytes[record.address])
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
    var order = Array(records.indices)
    bytes.withUnsafeBufferPointer { bytes in
      order.sort {
        let (left, right) = (records[$0], records[$1])
        let order = LineSet.compare(bytes[left.address], bytes[right.address])
        if order != 0 { return order < 0 }
        return left.person == right.person ? $0 < $1 : left.person.number < right.person.number
      }
      var rest = order[...]
      while let first = rest.first {
        let address = bytes[records[first].address]
        let group = rest.prefix { LineSet.compare(bytes[records[$0].address], address) == 0 }
        rest = rest.dropFirst(group.count)
        if group.count == 1, exclusions.isEmpty {
          for line in bytes[records[first].lines].split(separator: ClaimSet.newline) {
            resolution.lines.insert(line)
          }
        } else {
          resolve(group.map { records[$0] }, bytes, excluding: exclusions, &resolution)
        }
      }
    }
    resolution.lines.order()
    return resolution
  }

  /// Decides who has one address.
  private func resolve(
    _ claims: [Record], _ bytes: UnsafeBufferPointer<UInt8>, excluding exclusions: Exclusions,
    _ resolution: inout Resolution
  ) {
    guard let first = claims.first else { return }
    func address() -> String { String(decoding: bytes[first.address], as: UTF8.self) }
    var contenders: [Contender] = []
    for claim in claims {
      if exclusions.people.contains(claim.person) {
        resolution.excluded.insert(claim.person)
      } else if exclusions.cover(bytes[claim.address], claim.rank) {
        resolution.losers.append(
          (
            claim.person,
            "\(address().quoted()) is the address of somebody whom EXCLUDEGROUPID leaves out"
          ))
      } else {
        let lines = bytes[claim.lines].split(separator: ClaimSet.newline).map { Array($0) }
        if contenders.last?.person == claim.person {
          contenders[contenders.count - 1].merge(claim.rank, claim.isRefused, lines)
        } else {
          contenders.append(
            Contender(
              person: claim.person, rank: claim.rank, isRefused: claim.isRefused, lines: lines))
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

  private static let newline = UInt8(ascii: "\n")
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
