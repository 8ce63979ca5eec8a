/// Asks Graph for the names of people who are left out, so that a report can name them.
///
/// It decides only. Names are a help: whatever goes wrong, the object ids remain.
///
/// Source: Microsoft Graph v1.0, "Get user".
public struct PeopleNames: Sendable {
  private var open: [ObjectID]
  private var names: [ObjectID: (displayName: String?, signInName: String?)] = [:]

  /// Begins with the people of a report who have no name yet.
  ///
  /// - Parameters:
  ///   - report: Whose skips name people.
  ///   - limit: How many people are asked about at most.
  public init(of report: Report, limit: Int = Report.mostNames) {
    var met: Set<ObjectID> = []
    let ids = report.skips.compactMap { skip in
      skip.displayName == nil && skip.signInName == nil ? ObjectID(skip.name) : nil
    }
    open = Array(ids.filter { met.insert($0).inserted }.prefix(limit))
  }

  /// The next batch; `nil` after the last.
  public mutating func takeBatch() -> Batch? {
    guard !open.isEmpty else { return nil }
    let part = open.prefix(Batch.largest)
    open = Array(open.dropFirst(part.count))
    asked = Array(part)
    return Batch(
      Dictionary(
        uniqueKeysWithValues: part.enumerated().map {
          (
            $0.offset,
            GraphQuestion("/users/\($0.element.text)?$select=id,displayName,userPrincipalName")
          )
        }))
  }

  private var asked: [ObjectID] = []

  /// Takes the replies to the last batch.
  ///
  /// - Parameter replies: By the numbers of the questions. Any but a 200 is ignored.
  public mutating func take(_ replies: [Int: GraphReply]) {
    for (number, reply) in replies where asked.indices.contains(number) && reply.httpStatus == 200 {
      names[asked[number]] = (
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
      report.skips[index].displayName = name.displayName
      report.skips[index].signInName = name.signInName
    }
  }
}
