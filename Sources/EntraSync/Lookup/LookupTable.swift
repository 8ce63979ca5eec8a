/// Any number of lookups that share their batches, and the groups that they depend on.
///
/// An answer means something only if the groups exist: to a group that was deleted or misspelt,
/// everybody is a stranger.
public struct LookupTable: Sendable {
  /// The questions, and when each is asked.
  public var queue: BatchQueue

  private var lookups: [AddressQuestion]
  private var groups: [GroupQuestion]
  private var groupQuestions: [Int: (group: Int, question: GroupQuestion.Request)] = [:]
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
    queue = BatchQueue(policy: policy)
    self.groups = groups.map { GroupQuestion(about: $0, of: configuration) }
    guard !isAnswered else {
      self.groups = []
      return
    }
    for index in self.groups.indices { ask(aboutGroup: index) }
    for index in lookups.indices { ask(for: index) }
  }

  /// Whether there is an answer to everything.
  public var isAnswered: Bool { lookups.allSatisfy { $0.answer != nil } }

  /// Whether all groups are known to exist, and the excluded ones not to be empty.
  public var areGroupsConfirmed: Bool { groups.allSatisfy(\.isConfirmed) }

  /// When the next batch may be sent; `nil` once everything is answered.
  public var due: Double? { isAnswered && areGroupsConfirmed ? nil : queue.due }

  /// The answers in the order of the lookups.
  public var answers: [LookupAnswer] {
    lookups.map { $0.answer ?? .unknown(BatchQueue.unanswered) }
  }

  /// Takes the outcomes of a batch.
  ///
  /// - Parameters:
  ///   - batch: The batch that ``queue`` has taken the replies of.
  ///   - roles: The permissions that the token of the batch names.
  /// - Throws: The reason why a group cannot be confirmed. No answer means anything then.
  /// - Returns: The groups that were confirmed.
  public mutating func takeOutcomes(
    of batch: Batch, roles: @autoclosure () -> GrantedRoles?
  ) throws(EntraSyncError) -> [GroupQuestion] {
    var confirmed: [GroupQuestion] = []
    for number in batch.questions.keys.sorted() {
      guard let outcome = queue.takeOutcome(of: number) else { continue }
      if let (index, question) = groupQuestions.removeValue(forKey: number) {
        try groups[index].take(outcome, of: question, roles: roles())
        ask(aboutGroup: index)
        if groups[index].isConfirmed { confirmed.append(groups[index]) }
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

  private mutating func ask(aboutGroup index: Int) {
    for question in groups[index].takeQuestions() {
      groupQuestions[queue.add(question.question)] = (index, question)
    }
  }

  private mutating func ask(for index: Int) {
    for question in lookups[index].takeQuestions() {
      questions[queue.add(question.question)] = (index, question)
    }
  }
}
