/// Whose an address is, by the rules of a list, decided from what all configurations know.
public struct AddressVerdict: Sendable {
  /// The decision.
  public enum Decision: Equatable, Sendable {
    /// A list would hold these lines for the address, at least one. They are this person's.
    case member(lines: [String], person: Member)
    /// It is the address of somebody in the groups, but a list would hold no line for it, for this
    /// reason.
    case withoutLine(String)
    /// It is nobody's in the groups.
    case notMember
    /// It cannot be told, for this reason.
    case unknown(EntraSyncError)
  }

  /// What one configuration contributes.
  public struct Part: Sendable {
    let answer: LookupAnswer
    let shape: LineShape
    let hasExclusions: Bool

    /// Creates a part.
    ///
    /// - Parameters:
    ///   - answer: What the configuration knows about the address.
    ///   - shape: The list's template, matched with its QUERYFILTER.
    ///   - hasExclusions: Whether it has EXCLUDEGROUPID.
    public init(_ answer: LookupAnswer, shape: LineShape, hasExclusions: Bool) {
      self.answer = answer
      self.shape = shape
      self.hasExclusions = hasExclusions
    }
  }

  /// The decision.
  public let decision: Decision
  /// Which part knows the member, counted from 0.
  public let source: Int?
  /// The people and values that are left out, with the reason.
  public let skips: [Report.Skip]
  /// How many people in the groups have the address.
  public let people: Int
  /// The member's own addresses if the member is known by an alias: a list holds only those, and
  /// they may belong to others. It is empty for everybody else.
  public let ownAddresses: [String]

  /// Decides whose an address is.
  ///
  /// - Parameters:
  ///   - text: The address as it was asked for.
  ///   - parts: What each configuration knows.
  public init(of text: String, _ parts: [Part]) {
    let address = (try? Address(text))?.text ?? text
    var claims = ClaimSet()
    var exclusions = Exclusions()
    var skips: [Report.Skip] = []
    var people: [(claimant: AddressFinding.Claimant, lines: [String], source: Int)] = []
    // An alias counts only where no list has the address.
    let isAlias = parts.flatMap(\.answer.people).allSatisfy(\.isAlias)
    var doubt: EntraSyncError?
    var exclusionDoubt: EntraSyncError?
    for (source, part) in parts.enumerated() {
      switch part.answer {
      case .unknown(let error): doubt = doubt ?? error
      case .found(let finding):
        doubt = doubt ?? finding.hiddenPeople.first
        exclusionDoubt = exclusionDoubt ?? finding.hiddenExclusions.first
        exclusions.merge(finding.exclusions)
        skips += finding.unclear
        for claimant in finding.claimants where claimant.isAlias == isAlias {
          let outcome = part.shape.outcome(of: claimant.member) { reason in
            skips.append(Report.Skip(of: claimant.member, reason: reason))
          }
          claims.insert(
            Claim(
              address: address, person: claimant.member.id, rank: claimant.rank,
              outcome: outcome))
          let lines = if case .lines(let lines) = outcome { lines } else { [String]() }
          people.append((claimant, lines, source))
        }
      }
    }
    let resolution = claims.resolve(excluding: exclusions)
    skips += resolution.losers.map { loser in
      let known = people.first { $0.claimant.member.id == loser.person }
      return known.map { Report.Skip(of: $0.claimant.member, reason: loser.reason) }
        ?? Report.Skip(name: loser.person.text, reason: loser.reason)
    }
    // Somebody whom one configuration excludes is of no interest, whatever is wrong with the
    // values.
    skips.removeAll { skip in exclusions.people.contains { $0.text == skip.name } }

    var lines: [String] = []
    resolution.lines.forEach { lines.append(String(decoding: $0, as: UTF8.self)) }
    let winner = people.filter { person in
      !person.lines.isEmpty && person.lines.allSatisfy { lines.containsBytes(of: $0) }
    }.min { $0.claimant.member.id.number < $1.claimant.member.id.number }
    var decision: Decision =
      if let winner {
        .member(lines: lines, person: winner.claimant.member)
      } else if let reason = resolution.disputed.first?.text ?? skips.first?.reason {
        .withoutLine(reason)
      } else {
        .notMember
      }
    if let doubt {
      // A client that cannot tell may know of somebody else with the address, or of an exclusion.
      let isCertain = parts.allSatisfy { part in
        guard case .unknown = part.answer else { return part.shape.isAddressAlone }
        return part.shape.isAddressAlone && !part.hasExclusions
      }
      if winner == nil || !isCertain { decision = .unknown(doubt) }
    }
    if let exclusionDoubt, !people.isEmpty { decision = .unknown(exclusionDoubt) }
    self.decision = decision
    self.source = winner?.source
    var own: [String] = []
    for person in people where isAlias && person.claimant.member.id == winner?.claimant.member.id {
      let more = parts[person.source].shape.addresses(of: person.claimant.member)
      own += more.filter { !own.containsBytes(of: $0) }
    }
    ownAddresses = own
    self.skips = skips
    self.people = Set(people.map(\.claimant.member.id)).subtracting(exclusions.people).count
  }

  /// Decides whether a list has somebody who is known by an alias.
  ///
  /// - Parameters:
  ///   - person: Somebody in the groups.
  ///   - verdicts: Whose each of the person's own addresses is.
  /// - Returns: A member with the lines of the addresses that are the person's, or why there is no
  ///   line.
  public static func decision(of person: Member, by verdicts: [AddressVerdict]) -> Decision {
    var lines: [String] = []
    var reason: String?
    for verdict in verdicts {
      switch verdict.decision {
      case .unknown(let error): return .unknown(error)
      case .member(let more, let owner) where owner.id == person.id:
        lines += more.filter { !lines.containsBytes(of: $0) }
      case .withoutLine(let text): reason = reason ?? text
      case .member, .notMember:
        reason = reason ?? verdict.skips.first { $0.name == person.id.text }?.reason
      }
    }
    guard lines.isEmpty else { return .member(lines: lines, person: person) }
    return .withoutLine(reason ?? "has no address in a list")
  }
}
