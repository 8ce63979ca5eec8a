/// Any number of lookups that share their batches, and the groups that they depend on.
///
/// An answer means something only if the groups exist: to a group that was deleted or misspelt,
/// everybody is a stranger.
public struct LookupTable: Sendable {
  /// The questions, and when each is asked.
  public var queue: BatchQueue

  private let configuration: Configuration
  private var lookups: [AddressQuestion]
  private var groups: [Int: ObjectID] = [:]
  private var questions: [Int: (lookup: Int, question: AddressQuestion.Request)] = [:]

  /// Puts the first questions together.
  ///
  /// - Parameters:
  ///   - lookups: One for each address.
  ///   - groups: The groups that have to be confirmed.
  ///   - configuration: Whose groups they are.
  ///   - policy: When to ask again.
  public init(
    _ lookups: [AddressQuestion], confirming groups: [ObjectID], _ configuration: Configuration,
    policy: RetryPolicy
  ) {
    self.lookups = lookups
    self.configuration = configuration
    queue = BatchQueue(policy: policy)
    guard !isAnswered else { return }
    for group in groups {
      self.groups[queue.add(GraphQuestion("/groups/\(group.text)?$select=id"))] = group
    }
    for index in lookups.indices { ask(for: index) }
  }

  /// Whether there is an answer to everything.
  public var isAnswered: Bool { lookups.allSatisfy { $0.answer != nil } }

  /// Whether all groups are known to exist.
  public var areGroupsConfirmed: Bool { groups.isEmpty }

  /// When the next batch may be sent; `nil` once everything is answered.
  public var due: Double? { isAnswered && areGroupsConfirmed ? nil : queue.due }

  /// The answers in the order of the lookups.
  public var answers: [LookupAnswer] {
    lookups.map { $0.answer ?? .unknown(BatchQueue.unanswered) }
  }

  /// Takes the outcomes of a batch.
  ///
  /// - Parameter batch: The batch that ``queue`` has taken the replies of.
  /// - Throws: The reason why a group cannot be confirmed. No answer means anything then.
  /// - Returns: The groups that were confirmed.
  public mutating func takeOutcomes(of batch: Batch) throws(EntraSyncError) -> [ObjectID] {
    var confirmed: [ObjectID] = []
    for number in batch.questions.keys.sorted() {
      guard let outcome = queue.takeOutcome(of: number) else { continue }
      if let group = groups[number] {
        try GraphReply.of(outcome, about: .group(group), configuration)
        groups[number] = nil
        confirmed.append(group)
      } else if let (index, question) = questions.removeValue(forKey: number) {
        lookups[index].take(outcome, of: question)
        ask(for: index)
      }
    }
    // Do not wait for questions about an address that has its answer.
    for (number, entry) in questions where lookups[entry.lookup].answer != nil {
      questions[number] = nil
      queue.remove(number)
    }
    return confirmed
  }

  /// Gives up the lookups that have no answer yet.
  ///
  /// - Parameter error: Why.
  public mutating func end(with error: EntraSyncError) {
    for index in lookups.indices { lookups[index].end(with: error) }
  }

  private mutating func ask(for index: Int) {
    for question in lookups[index].takeQuestions() {
      questions[queue.add(question.question)] = (index, question)
    }
  }
}
