@testable import EntraSync

/// One lookup, with a server that gives the same answer to every batch.
struct Talk {
  private static let address = "anna@example.com"
  private var table: LookupTable
  private var rounds = 0
  private var isRefused = false

  /// Begins a lookup of one address.
  ///
  /// - Parameter guesses: Whether to try the address as a sign-in name at once, and ask for its
  ///   groups.
  init(guesses: Bool) {
    let configuration = Sample.configuration
    table = LookupTable(
      [AddressQuestion(Talk.address, in: configuration, guesses: guesses)], confirming: [],
      configuration,
      policy: .standard)
  }

  /// Runs the lookup to its end.
  ///
  /// - Parameter document: The server's answer.
  mutating func run(answering document: JSONValue?) {
    var now = 0.0
    while let due = table.due, !isRefused {
      now = max(now, due)
      guard let batch = table.queue.batch(at: now) else { continue }
      rounds += 1
      require(rounds < 1000, "a lookup ends")
      do throws(EntraSyncError) {
        let replies = try batch.replies(in: document, now: 0)
        require(replies.keys.allSatisfy { batch.questions[$0] != nil }, "no reply is made up")
        table.queue.take(
          replies, to: batch, isTokenBorrowed: false, at: now, remaining: 300, jitter: 0)
        _ = try table.takeOutcomes(of: batch, roles: nil)
      } catch {
        requirePresentable(error)
        isRefused = true
      }
    }
  }

  /// Requires that the server's answer supports the result of the lookup.
  ///
  /// - Parameter document: The server's answer.
  func requireTruth(of document: JSONValue?) {
    guard !isRefused, let answer = table.answers.first else { return }
    let texts = texts(of: document).map { $0.lowercased() }
    switch answer {
    case .unknown(let error): requirePresentable(error)
    case .found(let finding) where finding.claimants.isEmpty:
      require(hasPage(document), "only a page of Graph's says no", answer)
    case .found:
      require(
        texts.contains { $0.contains(Talk.address) }, "a member has the address", answer)
      require(
        texts.contains(Sample.configuration.groups.first?.text ?? ""), "a member is in the group",
        answer)
    }
  }

  private func hasPage(_ document: JSONValue?) -> Bool {
    guard case .array(let items) = document?["responses"] else { return false }
    return items.contains { if case .array = $0["body"]?["value"] { true } else { false } }
  }
}

/// All texts in a document.
private func texts(of document: JSONValue?) -> [String] {
  switch document {
  case .string(let text): [text]
  case .array(let elements): elements.flatMap { texts(of: $0) }
  case .object(let members): members.values.flatMap { texts(of: $0) }
  default: []
  }
}
