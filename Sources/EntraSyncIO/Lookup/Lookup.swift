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
  /// - Throws: `.invalidArgument` when the template names an attribute that its QUERYFILTER lacks,
  ///   and in a callback of a call that has not ended.
  public func add(_ client: Client) throws(EntraSyncError) {
    try use.check()
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
    do {
      return try use.alone { () throws(EntraSyncError) in try ask(addresses) }
    } catch {
      // In a child that a callback has forked, no answer counts.
      if !use.origin.isHere { found = addresses.map { _ in Found(decision: .unknown(error)) } }
      throw error
    }
  }

  private func ask(_ addresses: [String]) throws(EntraSyncError) -> Report {
    found = []
    guard !feeds.isEmpty else {
      throw EntraSyncError(
        .invalidArgument, "the lookup has no client to ask; add one")
    }
    let began = Clock.monotonic
    var report = Report()
    let verdicts = try verdicts(on: addresses, withAliases: withAliases, &report)
    found = verdicts.map { describe($0, &report) }
    try followAliases(verdicts, &report)
    report.dropRepetitions()
    report.seconds = Clock.monotonic - began
    for case .unknown(let error) in found.map(\.decision) { throw error }
    return report
  }

  /// Whose each address is.
  private func verdicts(
    on addresses: [String], withAliases: Bool, _ report: inout Report
  ) throws(EntraSyncError) -> [AddressVerdict] {
    let answers = try answers(about: addresses, withAliases: withAliases, &report)
    return addresses.enumerated().map { index, address in
      let parts = feeds.indices.map {
        AddressVerdict.Part(
          answers[$0][index], shape: feeds[$0].shape,
          hasExclusions: !feeds[$0].client.configuration.excludedGroups.isEmpty)
      }
      return AddressVerdict(of: address, parts)
    }
  }

  /// Decides about people who were found by an alias: a list has them by their own addresses, which
  /// may belong to others.
  private func followAliases(
    _ first: [AddressVerdict], _ report: inout Report
  ) throws(EntraSyncError) {
    var asked: [(index: Int, person: Member, addresses: [String])] = []
    for (index, verdict) in first.enumerated() where !verdict.ownAddresses.isEmpty {
      guard case .member(_, let person) = verdict.decision else { continue }
      asked.append((index, person, verdict.ownAddresses))
    }
    guard !asked.isEmpty else { return }
    var own = try verdicts(on: asked.flatMap(\.addresses), withAliases: false, &report)[...]
    for (index, person, addresses) in asked {
      let decisions = own.prefix(addresses.count)
      own = own.dropFirst(addresses.count)
      for verdict in decisions {
        report.skips += verdict.skips.filter { $0.name == person.id.text }
      }
      let decision = AddressVerdict.decision(of: person, by: Array(decisions))
      found[index].decision = decision
      if case .member(let lines, _) = decision {
        found[index].lines = lines
      } else {
        found[index].lines = []
        found[index].fields = []
      }
    }
  }

  /// What each client knows about each address.
  private func answers(
    about addresses: [String], withAliases: Bool, _ report: inout Report
  ) throws(EntraSyncError) -> [[LookupAnswer]] {
    var answers: [[LookupAnswer]] = []
    for feed in feeds {
      answers.append(try ask(feed, addresses, withAliases: withAliases, &report))
    }
    // Somebody whom one client has found may be excluded by another that did not find that person.
    for (index, feed) in feeds.enumerated()
    where feeds.count > 1 && !feed.client.configuration.excludedGroups.isEmpty {
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
        feed, asked.map { addresses[$0] }, withAliases: withAliases,
        also: asked.map { strangers[$0] }, &report)
      for (number, answer) in zip(asked, more) { answers[index][number] = answer }
    }
    return answers
  }

  private func ask(
    _ feed: (client: Client, shape: LineShape), _ addresses: [String], withAliases: Bool,
    also people: [Set<ObjectID>] = [], _ report: inout Report
  ) throws(EntraSyncError) -> [LookupAnswer] {
    do throws(EntraSyncError) {
      let part = try feed.client.lookUp(
        addresses, by: feed.shape.addressField, withAliases: withAliases, also: people)
      report.merge(part.report)
      return part.answers
    } catch {
      if error.status == .cancelled || !use.origin.isHere { throw error }
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
