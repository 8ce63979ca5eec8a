/// Asks Graph for the names of people who are left out, so that a report can name them.
///
/// It decides only. Names are a help: whatever goes wrong, the object ids remain. Each client of a
/// list is asked about the people whom it has read, since another may be one of another tenant.
///
/// Source: Microsoft Graph v1.0, "Get user" and "Get orgContact".
public struct PeopleNames: Sendable {
  /// How long a report waits for names, in seconds. A list is locked in that time.
  public static let patience = 5.0

  /// Some of the people, who are asked about together.
  public struct Part: Sendable {
    /// The questions.
    public let batch: Batch
    fileprivate let people: [Person]
  }

  fileprivate struct Person {
    let id: ObjectID
    let isContact: Bool
    let client: Int

    var question: GraphQuestion {
      // A contact has no account.
      isContact
        ? GraphQuestion("/contacts/\(id.text)?$select=id,displayName")
        : GraphQuestion("/users/\(id.text)?$select=id,displayName,userPrincipalName")
    }
  }

  private var open: [Person] = []
  private var names: [ObjectID: (displayName: String?, signInName: String?)] = [:]

  /// Begins with the people of a report some of whose names are not known.
  ///
  /// - Parameters:
  ///   - report: Whose skips name people.
  ///   - limit: How many people are asked about at most, over all clients.
  public init(of report: Report, limit: Int = Report.mostNames) {
    var met: Set<ObjectID> = []
    for skip in report.skips where open.count < limit {
      let isKnown = skip.displayName != nil && (skip.isContact || skip.signInName != nil)
      guard !isKnown, let id = ObjectID(skip.name), met.insert(id).inserted else { continue }
      open.append(Person(id: id, isContact: skip.isContact, client: skip.client))
    }
  }

  /// Whether a client has something to be asked.
  ///
  /// - Parameter client: Its number in the list, from 0.
  /// - Returns: Whether there is a batch for it.
  public func hasQuestions(for client: Int) -> Bool { open.contains { $0.client == client } }

  /// The next people whom a client is asked about.
  ///
  /// - Parameter client: Its number in the list, from 0.
  /// - Returns: `nil` after the last.
  public mutating func takePart(for client: Int) -> Part? {
    let people = Array(open.filter { $0.client == client }.prefix(Batch.largest))
    guard !people.isEmpty else { return nil }
    let ids = Set(people.map(\.id))
    open.removeAll { ids.contains($0.id) }
    let questions = people.enumerated().map { ($0.offset, $0.element.question) }
    return Part(batch: Batch(Dictionary(uniqueKeysWithValues: questions)), people: people)
  }

  /// Takes what Graph has replied.
  ///
  /// - Parameters:
  ///   - replies: By the numbers of the questions. Any but a 200 is ignored.
  ///   - part: Who was asked about.
  public mutating func take(_ replies: [Int: GraphReply], to part: Part) {
    for (number, reply) in replies
    where part.people.indices.contains(number) && reply.httpStatus == 200 {
      names[part.people[number].id] = (
        reply.body?["displayName"]?.text?.singleLine,
        reply.body?["userPrincipalName"]?.text?.singleLine
      )
    }
  }

  /// Puts the names into a report.
  ///
  /// - Parameter report: The report.
  public func fill(in report: inout Report) {
    for index in report.skips.indices {
      guard let id = ObjectID(report.skips[index].name), let name = names[id] else { continue }
      report.skips[index].displayName = name.displayName ?? report.skips[index].displayName
      report.skips[index].signInName = name.signInName ?? report.skips[index].signInName
    }
  }
}
