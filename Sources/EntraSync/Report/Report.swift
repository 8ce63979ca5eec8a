/// What a run read, and what became of the list.
public struct Report: Sendable {
  /// A person, or one value of theirs, that was left out.
  public struct Skip: Equatable, Sendable {
    /// The person's object id in Entra ID.
    public var name: String
    /// The reason, in one line.
    public var reason: String
    /// The person's display name, if it was asked for.
    public var displayName: String?
    /// The person's sign-in name, if it was asked for. A mail contact has none.
    public var signInName: String?
    /// Whether the person is a mail contact.
    public var isContact = false
    /// Which of a list's clients read the person, counted from 0.
    public var client = 0

    /// Creates a skip from its parts.
    public init(name: String, reason: String) {
      self.name = name
      self.reason = reason
    }

    /// Creates a skip of a person whose names may be known.
    ///
    /// - Parameters:
    ///   - member: The person as Graph showed it.
    ///   - reason: The reason, in one line.
    public init(of member: Member, reason: String) {
      self.init(name: member.id.text, reason: reason)
      isContact = member.kind == .contact
      displayName = member.values(of: .displayName).first?.singleLine
      signInName = member.values(of: .signInName).first?.singleLine
    }
  }

  /// People received from Graph. Somebody whom two clients read counts twice, here and in what
  /// follows, unless it says otherwise.
  public var fetched = 0
  /// Members that are not people, of every kind: nested groups, devices, contacts and so on.
  public var others = 0
  /// Those of ``others`` that are mail contacts.
  public var contacts = 0
  /// Those of ``others`` that are devices.
  public var devices = 0
  /// Those of ``others`` that are service principals.
  public var servicePrincipals = 0
  /// Those of ``others`` whose type is not known here: how many there are of each type.
  public var unknownTypes: [String: Int] = [:]
  /// Groups nested in those of GROUPID and EXCLUDEGROUPID whose own members were not read, since
  /// MEMBERSHIP is `direct`.
  public var nestedGroups = 0
  /// People whom the configuration leaves out on purpose. Of several configurations, it is enough
  /// if one does.
  public var excludedPeople: Set<ObjectID> = []
  /// People who are members by their `userType` but of another tenant, and who were taken.
  public var externalMembers = 0
  /// People who were left out because of what the directory holds.
  public var skips: [Skip] = []
  /// How many people are in each group of GROUPID. Somebody who is in two of them counts in both.
  public var peopleByGroup: [(group: ObjectID, people: Int)] = []
  /// How many people are in each group of EXCLUDEGROUPID. Somebody who is in two of them counts in
  /// both.
  public var excludedByGroup: [(group: ObjectID, people: Int)] = []
  /// The addresses that nobody gets, since people of one rank have them.
  public var disputes: [ClaimSet.Dispute] = []
  /// How often the groups were read for the list: twice if the change was large.
  public var readings = 1
  /// What a person should know though the list was written, one line each.
  public var warnings: [String] = []
  /// HTTP requests sent, repeated ones included.
  public var requests = 0
  /// Bytes of the answers, after decompression.
  public var bytes = 0
  /// How long the run took, in seconds.
  public var seconds = 0.0
  /// Lines in the list.
  public var written = 0
  /// The lines that were added to the list file, and those that were removed.
  public var difference = ListDifference()
  /// What the guard objected to, even if a person had accepted the change.
  public var objection: String?
  /// Whether the list file was replaced.
  public var isChanged = false

  /// How many people the configuration leaves out on purpose, each counted once.
  public var excluded: Int { excludedPeople.count }
  /// The number of lines that were added to the list file.
  public var added: Int { difference.added.count }
  /// The number of lines that were removed from the list file.
  public var removed: Int { difference.removed.count }

  /// Creates an empty report.
  public init() {}

  /// Notes who does not get an address.
  ///
  /// - Parameters:
  ///   - resolution: Who has which address.
  ///   - claims: What was resolved.
  public mutating func note(_ resolution: ClaimSet.Resolution, of claims: ClaimSet) {
    excludedPeople.formUnion(resolution.excluded)
    let origins = claims.origins(of: Set(resolution.losers.map(\.person)))
    skips += resolution.losers.map { person, reason in
      var skip = Skip(name: person.text, reason: reason)
      skip.client = origins[person]?.client ?? 0
      skip.isContact = origins[person]?.isContact ?? false
      return skip
    }
    disputes += resolution.disputed
    warnings += Report.shortened(resolution.disputed.map(\.text))
  }

  /// Keeps what is said of a person, and each warning, once, though two configurations said it.
  public mutating func dropRepetitions() {
    var said: Set<[String]> = []
    skips.removeAll { !said.insert([$0.name, $0.reason]).inserted }
    warnings.removeAll { !said.insert([$0]).inserted }
  }

  /// The first of many warnings, and how many more there are.
  private static func shortened(_ warnings: [String]) -> [String] {
    let most = 20
    guard warnings.count > most else { return warnings }
    return warnings.prefix(most) + [
      "\(warnings.count - most) more addresses belong to several people"
    ]
  }

  /// Takes the figures of a second reading in place of those of the first.
  ///
  /// - Parameter second: What the second reading found.
  public mutating func repeated(by second: Report) {
    let first = self
    self = second
    readings = first.readings + second.readings
    requests += first.requests
    bytes += first.bytes
    seconds += first.seconds
    difference = first.difference
  }

  /// Adds what another client read. What became of the list is not merged.
  ///
  /// - Parameter other: The other client's report.
  public mutating func merge(_ other: Report) {
    fetched += other.fetched
    others += other.others
    contacts += other.contacts
    devices += other.devices
    servicePrincipals += other.servicePrincipals
    unknownTypes.merge(other.unknownTypes, uniquingKeysWith: +)
    nestedGroups += other.nestedGroups
    excludedPeople.formUnion(other.excludedPeople)
    externalMembers += other.externalMembers
    peopleByGroup += other.peopleByGroup
    excludedByGroup += other.excludedByGroup
    warnings += other.warnings
    skips += other.skips
    requests += other.requests
    bytes += other.bytes
  }
}
