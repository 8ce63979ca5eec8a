/// What was read and what became of it.
public struct Report: Sendable {
  /// A person, or one value of theirs, that was left out.
  public struct Skip: Equatable, Sendable {
    /// The person's object id in Entra ID.
    public var name: String
    /// Why, in one line.
    public var reason: String

    /// Names both.
    ///
    /// - Parameters:
    ///   - name: The object id.
    ///   - reason: Why.
    public init(name: String, reason: String) {
      self.name = name
      self.reason = reason
    }
  }

  /// People received from Graph.
  public var fetched = 0
  /// Members that are no people: nested groups, devices, contacts.
  public var others = 0
  /// Groups nested in those of GROUPID and EXCLUDEGROUPID whose own members were not read, since
  /// MEMBERSHIP is `direct`.
  public var nestedGroups = 0
  /// People whom the configuration leaves out on purpose.
  public var excluded = 0
  /// Who was left out for what the directory holds.
  public var skips: [Skip] = []
  /// HTTP requests sent, repeated ones included.
  public var requests = 0
  /// Bytes of the answers, after decompression.
  public var bytes = 0
  /// How long it took, in seconds.
  public var seconds = 0.0
  /// Lines in the list.
  public var written = 0
  /// The lines that the list file did not hold before, and those that it held and holds no more.
  public var difference = ListDifference()
  /// What the guard had against the change, also where a person had accepted it.
  public var objection: String?
  /// Whether the list file was replaced.
  public var isChanged = false

  /// How many lines the list file did not hold before.
  public var added: Int { difference.added.count }
  /// How many lines the list file held and holds no more.
  public var removed: Int { difference.removed.count }

  /// A report of nothing.
  public init() {}

  /// Adds what another client read.
  ///
  /// - Parameter other: That client's report.
  public mutating func merge(_ other: Report) {
    fetched += other.fetched
    others += other.others
    nestedGroups += other.nestedGroups
    excluded += other.excluded
    skips += other.skips
    requests += other.requests
    bytes += other.bytes
  }
}
