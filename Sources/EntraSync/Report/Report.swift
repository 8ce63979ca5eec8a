/// What a run read, and what became of the list.
public struct Report: Sendable {
  /// A person, or one value of theirs, that was left out.
  public struct Skip: Equatable, Sendable {
    /// The person's object id in Entra ID.
    public var name: String
    /// The reason, in one line.
    public var reason: String

    /// Creates a skip from its parts.
    public init(name: String, reason: String) {
      self.name = name
      self.reason = reason
    }
  }

  /// People received from Graph.
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
  /// People whom the configuration leaves out on purpose.
  public var excluded = 0
  /// People who are members by their `userType` but of another tenant, and who were taken.
  public var externalMembers = 0
  /// People who were left out because of what the directory holds.
  public var skips: [Skip] = []
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

  /// The number of lines that were added to the list file.
  public var added: Int { difference.added.count }
  /// The number of lines that were removed from the list file.
  public var removed: Int { difference.removed.count }

  /// Creates an empty report.
  public init() {}

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
    excluded += other.excluded
    externalMembers += other.externalMembers
    skips += other.skips
    requests += other.requests
    bytes += other.bytes
  }
}
