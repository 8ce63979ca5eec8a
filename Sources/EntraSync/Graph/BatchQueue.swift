/// Any number of questions: which go into the next batch, and which are asked again.
///
/// It decides only. Each question has its own tries. If Graph is too busy for one question, that
/// one waits, and the answers to the others count. A question is added, may go into several
/// batches, and has one outcome, which is taken out once.
///
/// Source: Microsoft Graph, "Throttling and batching": each part has its own status and
/// Retry-After, and those that failed are sent again in a new batch.
public struct BatchQueue: Sendable {
  /// How a question ended.
  public enum Outcome: Equatable, Sendable {
    /// With an answer. Its status is one that another try would not change.
    case reply(GraphReply)
    /// With no answer, however often it was asked.
    case failure(EntraSyncError)
  }

  /// One question on its way.
  private struct Item {
    let question: GraphQuestion
    var attempts = 0
    var due = 0.0
    var tokenRenewal = TokenRenewal()
  }

  private let policy: RetryPolicy
  private var items: [Int: Item] = [:]
  private var next = 0

  /// The outcomes so far, by the numbers of their questions.
  public private(set) var outcomes: [Int: Outcome] = [:]
  /// Whether Graph did not accept the token of the last batch.
  public private(set) var needsToken = false
  /// The claims that Graph has demanded in the next token, if it has.
  public private(set) var challenge: ClaimsChallenge?
  /// Whether a demand for claims was met in an earlier batch. Another token would not help then,
  /// whichever question it is for.
  private var isChallengeAnswered = false

  /// Creates an empty queue.
  ///
  /// - Parameter policy: When to ask again.
  public init(policy: RetryPolicy) {
    self.policy = policy
  }

  /// Adds a question.
  ///
  /// - Parameter question: What to ask.
  /// - Returns: Its number.
  public mutating func add(_ question: GraphQuestion) -> Int {
    next += 1
    items[next] = Item(question: question)
    return next
  }

  /// Forgets a question whose answer no longer matters.
  ///
  /// - Parameter number: Its number.
  mutating func remove(_ number: Int) { items[number] = nil }

  /// Removes and returns the outcome of a question.
  ///
  /// - Parameter number: The question's number.
  /// - Returns: `nil` while it has none.
  public mutating func takeOutcome(of number: Int) -> Outcome? {
    outcomes.removeValue(forKey: number)
  }

  /// When the next batch may be sent; `nil` if there is nothing left to ask.
  public var due: Double? { items.values.map(\.due).min() }

  /// The next batch: what is due, the oldest questions first.
  ///
  /// - Parameter now: The time, in the run's seconds.
  /// - Returns: `nil` if nothing is due.
  public func batch(at now: Double) -> Batch? {
    let ready = items.filter { $0.value.due <= now }.sorted { $0.key < $1.key }
    guard !ready.isEmpty else { return nil }
    return Batch(
      Dictionary(
        uniqueKeysWithValues: ready.prefix(Batch.largest).map { ($0.key, $0.value.question) }))
  }

  /// Takes the replies to a batch.
  ///
  /// - Parameters:
  ///   - replies: By the numbers of the questions; a missing reply counts as broken off.
  ///   - batch: What was asked.
  ///   - isTokenBorrowed: Whether it was asked with a token that another process has left.
  ///   - now: The time, in the run's seconds.
  ///   - remaining: Seconds that are left for the run.
  ///   - jitter: A random number from 0 to 1.
  public mutating func take(
    _ replies: [Int: GraphReply], to batch: Batch, isTokenBorrowed: Bool = false, at now: Double,
    remaining: Double, jitter: Double
  ) {
    needsToken = false
    challenge = nil
    defer { isChallengeAnswered = isChallengeAnswered || challenge != nil }
    for number in batch.questions.keys.sorted() {
      guard var item = items[number] else { continue }
      let reply = replies[number]
      if let reply, reply.httpStatus == 401, !reply.isForeign,
        reply.challenge == nil
          ? item.tokenRenewal.isDue(isTokenBorrowed: isTokenBorrowed) : !isChallengeAnswered
      {
        needsToken = true
        challenge = challenge ?? reply.challenge
        items[number] = item
        continue
      }
      item.attempts += 1
      let situation = RetryPolicy.Situation(
        outcome: reply.map { .answer(httpStatus: $0.httpStatus, retryAfter: $0.retryAfter) }
          ?? .broken(BatchQueue.unanswered),
        attempts: item.attempts, remaining: remaining, jitter: jitter)
      switch policy.decide(situation) {
      case .retry(let delay):
        item.due = now + delay
        items[number] = item
        continue
      case .giveUp(let error): outcomes[number] = .failure(error)
      case .accept: outcomes[number] = reply.map { .reply($0) }
      }
      items[number] = nil
    }
  }

  /// The error of a question that Graph left without a reply.
  static var unanswered: EntraSyncError {
    EntraSyncError(.server, "Graph left a question of a batch unanswered")
  }
}
