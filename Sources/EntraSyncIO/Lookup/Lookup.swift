import EntraSync

/// Looks addresses up in the groups of one or more clients, and keeps the answers.
public final class Lookup {
  /// What was found about one address.
  public struct Found {
    /// Whose it is.
    public internal(set) var decision: AddressVerdict.Decision
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
    var report = Report()
    let answers = try answers(about: addresses, &report)
    found = addresses.enumerated().map { index, address in
      let parts = feeds.indices.map {
        AddressVerdict.Part(
          answers[$0][index], shape: feeds[$0].shape,
          hasExclusions: !feeds[$0].client.configuration.excludedGroups.isEmpty)
      }
      return describe(AddressVerdict(of: address, parts), &report)
    }
    report.seconds = Clock.monotonic - began
    for case .unknown(let error) in found.map(\.decision) { throw error }
    return report
  }

  /// What each client knows about each address.
  private func answers(
    about addresses: [String], _ report: inout Report
  ) throws(EntraSyncError) -> [[LookupAnswer]] {
    var answers: [[LookupAnswer]] = []
    for (client, _) in feeds {
      answers.append(try ask(client, addresses, &report))
    }
    // Somebody whom one client has found may be excluded by another that did not find that person.
    for (index, (client, _)) in feeds.enumerated()
    where feeds.count > 1 && !client.configuration.excludedGroups.isEmpty {
      let strangers = addresses.indices.map { number in
        Set(
          answers.indices.filter { $0 != index }.flatMap { answers[$0][number].claimants }
        )
        .subtracting(answers[index][number].claimants)
        .subtracting(answers[index][number].excludedPeople)
      }
      let asked = addresses.indices.filter { !strangers[$0].isEmpty }
      guard !asked.isEmpty else { continue }
      let more = try ask(
        client, asked.map { addresses[$0] }, also: asked.map { strangers[$0] }, &report)
      for (number, answer) in zip(asked, more) { answers[index][number] = answer }
    }
    return answers
  }

  private func ask(
    _ client: Client, _ addresses: [String], also people: [Set<ObjectID>] = [],
    _ report: inout Report
  ) throws(EntraSyncError) -> [LookupAnswer] {
    do throws(EntraSyncError) {
      let part = try client.lookUp(addresses, withAliases: withAliases, also: people)
      report.merge(part.report)
      return part.answers
    } catch {
      if error.status == .cancelled { throw error }
      return addresses.map { _ in .unknown(error) }
    }
  }

  /// Puts a verdict into the form that callers read.
  private func describe(_ verdict: AddressVerdict, _ report: inout Report) -> Found {
    report.fetched += verdict.people
    report.skips += verdict.skips
    var found = Found(decision: verdict.decision)
    if case .member(let lines, let person) = verdict.decision, let source = verdict.source {
      let configuration = feeds[source].client.configuration
      found.lines = lines
      found.fields = configuration.queryFilter.fields.map {
        (
          $0.name,
          LineShape.values(of: $0, in: person, by: configuration.valueRules, skip: { _ in })
        )
      }
    }
    return found
  }
}
