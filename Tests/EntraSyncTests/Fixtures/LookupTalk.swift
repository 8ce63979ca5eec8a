@testable import EntraSync

/// A lookup from its first question to its answer.
struct LookupTalk {
  /// The questions that were asked, one array for each round trip.
  private(set) var rounds: [[GraphQuestion]] = []
  /// The lookup's answer.
  private(set) var answer: LookupAnswer?

  /// Talks until there is nothing left to ask. Each reply is made from the question and its
  /// number, from 0. The replies of one round may come in reverse order.
  init(
    _ lookup: AddressQuestion, backwards: Bool = false,
    reply: (Int, GraphQuestion) throws -> BatchQueue.Outcome
  ) rethrows {
    var lookup = lookup
    var count = 0
    while true {
      let questions = lookup.takeQuestions()
      guard !questions.isEmpty else { break }
      rounds.append(questions.map(\.question))
      let numbered = questions.enumerated().map { (count + $0.offset, $0.element) }
      count += questions.count
      for (number, question) in backwards ? numbered.reversed() : numbered {
        lookup.take(try reply(number, question.question), of: question)
      }
    }
    answer = lookup.answer
  }

  /// Talks to a tenant.
  init(_ lookup: AddressQuestion, with tenant: SmallTenant, backwards: Bool = false) throws {
    try self.init(lookup, backwards: backwards) { _, question in
      try tenant.reply(to: question)
    }
  }

  /// All questions in their order.
  var questions: [GraphQuestion] { rounds.flatMap { $0 } }

  /// The people who were found; `nil` for another answer.
  var members: [Member]? { answer?.members }

  /// Why the address is unknown; `nil` for another answer.
  var reason: EntraSyncError? { if case .unknown(let error) = answer { error } else { nil } }
}

extension LookupAnswer {
  /// The people in the groups who have the address; `nil` if there are none.
  var members: [Member]? {
    guard case .found(let finding) = self, !finding.claimants.isEmpty else { return nil }
    return finding.claimants.map(\.member)
  }
}

extension BatchQueue.Outcome {
  /// An answer with a JSON document.
  static func json(_ text: String, _ httpStatus: Int = 200) throws -> BatchQueue.Outcome {
    .reply(GraphReply(httpStatus: httpStatus, body: try JSONValueTests.read(text)))
  }

  /// Graph's reply about an object that does not exist.
  static func absent() throws -> BatchQueue.Outcome {
    try .json(GraphRefusalTests.body("Request_ResourceNotFound"), 404)
  }
}
