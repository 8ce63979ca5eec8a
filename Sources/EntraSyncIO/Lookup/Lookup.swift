import EntraSync

/// Looks addresses up in the groups of one or more clients, and keeps the answers.
public final class Lookup {
  /// What was found about one address.
  public struct Found {
    /// Whether it is a member's.
    public internal(set) var answer: LookupAnswer
    /// The lines that a list would hold for it.
    public internal(set) var lines: [String] = []
    /// The QUERYFILTER's fields in their order, with the values that a line may hold.
    public internal(set) var fields: [(name: String, values: [String])] = []
  }

  /// Whether a person's other addresses (`proxyAddresses`) count too.
  public var withAliases = false
  /// What was found last, an answer for each address in their order.
  public private(set) var found: [Found] = []

  private let template: LineTemplate
  private var feeds: [(client: Client, shape: LineShape)] = []
  private let use = ExclusiveUse(of: "lookup")

  /// Creates a lookup. Nothing is asked yet.
  ///
  /// - Parameter template: The shape of a line.
  public init(template: LineTemplate) {
    self.template = template
  }

  /// Adds a client in whose groups the addresses are looked for.
  ///
  /// - Parameter client: A client; a member of one client's groups is a member.
  /// - Throws: `.invalidArgument` when the template names an attribute that its QUERYFILTER lacks.
  public func add(_ client: Client) throws(EntraSyncError) {
    do {
      let shape = try LineShape(
        template, client.configuration.queryFilter, by: client.configuration.valueRules)
      feeds.append((client, shape))
    } catch {
      throw error.about(client.configuration.path)
    }
  }

  /// Looks addresses up.
  ///
  /// - Parameter addresses: Any texts.
  /// - Throws: The first reason why an answer is "cannot tell". The other answers stay.
  /// - Returns: What was asked.
  public func find(_ addresses: [String]) throws(EntraSyncError) -> Report {
    try use.alone { () throws(EntraSyncError) in try ask(addresses) }
  }

  private func ask(_ addresses: [String]) throws(EntraSyncError) -> Report {
    found = []
    guard !feeds.isEmpty else {
      throw EntraSyncError(
        .invalidArgument, "the lookup has no client to ask; add one")
    }
    let began = Clock.monotonic
    var found = addresses.map { _ in Found(answer: .notMember) }
    var report = Report()
    for (client, shape) in feeds {
      // Do not ask again about an address that is found.
      let open = found.indices.filter {
        if case .member = found[$0].answer { false } else { true }
      }
      guard !open.isEmpty else { break }
      let answers: [LookupAnswer]
      do throws(EntraSyncError) {
        let part = try client.lookUp(open.map { addresses[$0] }, withAliases: withAliases)
        answers = part.answers
        report.merge(part.report)
      } catch {
        if error.status == .cancelled { throw error }
        answers = open.map { _ in .unknown(error) }
      }
      for (index, answer) in zip(open, answers) {
        found[index].answer = found[index].answer.merged(with: answer)
        if case .member(let people) = answer {
          found[index].describe(people, shape, client.configuration, &report)
        }
      }
    }
    report.seconds = Clock.monotonic - began
    self.found = found
    for case .unknown(let error) in found.map(\.answer) { throw error }
    return report
  }
}

extension Lookup.Found {
  /// Keeps the lines of all people who have the address, and the values of the first.
  fileprivate mutating func describe(
    _ people: [Member], _ shape: LineShape, _ configuration: Configuration,
    _ report: inout Report
  ) {
    report.fetched += people.count
    for person in people {
      shape.write(
        person,
        skip: { report.skips.append(Report.Skip(name: person.id.text, reason: $0)) },
        emit: { if !lines.containsBytes(of: $0) { lines.append($0) } })
    }
    guard let first = people.first else { return }
    let rules = configuration.valueRules
    fields = configuration.queryFilter.fields.map {
      ($0.name, LineShape.values(of: $0, in: first, by: rules, skip: { _ in }))
    }
  }
}
