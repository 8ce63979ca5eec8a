/// The lookup of one address: which questions have to be asked, and what their replies mean.
///
/// It decides only. First Graph is asked who in the tenant has the address, and then in which of
/// the groups these people are; both come from the directory itself, not from its search index,
/// which lags behind. Most people sign in with their address, so that the second question can be
/// asked in the same moment as the first, and a lookup is one round trip.
public struct AddressQuestion: Sendable {
  /// One question that is ready to be asked.
  public struct Request: Sendable {
    /// What it is about.
    enum Subject: Sendable {
      /// Who has the address.
      case people
      /// In which groups somebody is.
      case groups(of: Person)
    }

    /// The name by which Graph is asked about a person.
    enum Person: Hashable, Sendable {
      /// Whoever signs in with the address.
      case signInName
      /// The person with this object id.
      case id(ObjectID)
    }

    let subject: Subject
    /// What to ask.
    public let question: GraphQuestion
  }

  /// How many pages the answer to one question may have.
  private static let mostPages = 100

  /// What has been heard of the groups of one person.
  private struct Groups {
    var found: Set<ObjectID> = []
    var open = 0
    var isThere = true
  }

  /// The address as a list would hold it; empty for what no list can hold.
  private let address: String
  private let withAliases: Bool
  private let configuration: Configuration
  private let filter: AccountFilter
  private var people: [Member] = []
  private var met: Set<ObjectID> = []
  private var isAnybodyShown = false
  private var openPages = 1
  private var groups: [Request.Person: Groups] = [:]
  private var pages = 0
  private var ready: [Request] = []

  /// The answer, once there is one; the questions that are still open matter no more.
  public private(set) var answer: LookupAnswer?

  /// Begins a lookup.
  ///
  /// - Parameters:
  ///   - text: The address; what no list can hold is nobody's.
  ///   - configuration: The groups, and which people count.
  ///   - withAliases: Whether a person's other addresses (`proxyAddresses`) count too.
  ///   - guesses: Whether to ask at once for the groups of whoever signs in with the address.
  public init(
    _ text: String, in configuration: Configuration, withAliases: Bool = false,
    guesses: Bool = true
  ) {
    self.withAliases = withAliases
    self.configuration = configuration
    filter = AccountFilter(configuration, excluded: [])
    // A prefix is the directory's way of writing, and nobody's address.
    guard !text.contains(":"), let address = try? Address(text) else {
      address = ""
      answer = .notMember
      return
    }
    self.address = address.text
    let question = PeopleQuestion(address, of: configuration, withAliases: withAliases).question
    ready = [Request(subject: .people, question: question)]
    if guesses { askForGroups(of: .signInName) }
  }

  /// How many questions a lookup begins with.
  ///
  /// - Parameters:
  ///   - configuration: What is asked for.
  ///   - guesses: Whether it asks for groups at once.
  /// - Returns: At least 1.
  public static func firstQuestions(of configuration: Configuration, guesses: Bool) -> Int {
    1 + (guesses ? MembershipQuestion(of: "x", configuration).questions.count : 0)
  }

  /// Takes the questions that are ready out.
  ///
  /// - Returns: Some may come only when earlier ones have been answered.
  public mutating func takeQuestions() -> [Request] {
    defer { ready = [] }
    return answer == nil ? ready : []
  }

  /// Gives up, where there is no answer yet.
  ///
  /// - Parameter error: Why.
  mutating func end(with error: EntraSyncError) {
    if answer == nil { answer = .unknown(error) }
  }

  /// Takes the outcome of a question.
  ///
  /// - Parameters:
  ///   - outcome: How it ended.
  ///   - question: What was asked.
  public mutating func take(_ outcome: BatchQueue.Outcome, of question: Request) {
    guard answer == nil else { return }
    do throws(EntraSyncError) {
      switch question.subject {
      case .people: try takePeople(outcome)
      case .groups(let person): try takeGroups(outcome, of: person)
      }
      try decide()
    } catch {
      answer = .unknown(error)
    }
  }

  private mutating func takePeople(_ outcome: BatchQueue.Outcome) throws(EntraSyncError) {
    let reply = try GraphReply.of(outcome, about: .people, configuration)
    let attributes = PeopleQuestion.attributes(of: configuration, withAliases: withAliases)
    let page = try PeoplePage(reply.body, attributes: attributes)
    let users = page.people.filter(\.isUser)
    if !users.isEmpty { isAnybodyShown = true }
    for person in users {
      guard let match = try match(person), try admits(match) else { continue }
      // Graph may show somebody on two pages.
      if met.insert(match.id).inserted { people.append(match) }
    }
    openPages -= 1
    if let link = page.nextLink {
      openPages += 1
      try follow(link, as: .people)
    }
  }

  private mutating func takeGroups(
    _ outcome: BatchQueue.Outcome, of person: Request.Person
  ) throws(EntraSyncError) {
    let answer: (ids: Set<ObjectID>, nextLink: String?)
    do throws(EntraSyncError) {
      let reply = try GraphReply.of(outcome, about: .memberships, configuration)
      answer = try MembershipQuestion.groups(in: reply.body)
    } catch {
      // Nobody signs in with the address, or the guess could not be answered: then the people who
      // have it are asked about by their ids. That Graph does not know an id which it has just
      // named may come from a replica that lags behind, and says nothing of the person's groups.
      guard person == .signInName else {
        throw error.status == .notFound ? AddressQuestion.vanished(error) : error
      }
      groups[person]?.isThere = false
      groups[person]?.open -= 1
      return
    }
    groups[person]?.found.formUnion(answer.ids)
    if let link = answer.nextLink {
      try follow(link, as: .groups(of: person))
    } else {
      groups[person]?.open -= 1
    }
  }

  private static func vanished(_ refusal: EntraSyncError) -> EntraSyncError {
    EntraSyncError(
      .server,
      "Graph does not know a person whom it has just named; the next lookup will tell"
    ).explained(by: refusal)
  }

  private mutating func follow(
    _ link: String, as subject: Request.Subject
  ) throws(EntraSyncError) {
    pages += 1
    guard pages < AddressQuestion.mostPages else {
      throw EntraSyncError(
        .server, "Graph's pages do not end: \(pages) pages of one lookup were read")
    }
    ready.append(
      Request(
        subject: subject,
        question: try GraphQuestion(nextLink: link, graph: configuration.graph)))
  }

  private mutating func askForGroups(of person: Request.Person) {
    let name =
      switch person {
      case .signInName: address
      case .id(let id): id.text
      }
    let questions = MembershipQuestion(of: name, configuration).questions
    groups[person] = Groups(open: questions.count)
    ready += questions.map { Request(subject: .groups(of: person), question: $0) }
  }

  /// A person as a line may be made of it; `nil` where the address is not theirs.
  ///
  /// The filter only narrows the search: what counts is the address as it would stand in a list.
  private func match(_ person: Member) throws(EntraSyncError) -> Member? {
    guard let field = configuration.queryFilter.fields.first else { return nil }
    // Who was found otherwise than by the sign-in name has an address; where none is to be seen, it
    // is not shown.
    let sources = field.alternatives + (withAliases ? [.aliases] : [])
    guard
      sources.contains(where: { !person.values(of: $0).isEmpty })
        || signsInWithAddress(person)
    else {
      throw EntraSyncError(
        .permission,
        "Graph shows no \(field.description) of somebody who has the address, so the application "
          + "most likely lacks a permission; \(PermissionAdvice.give())")
    }
    if isShown(in: field, of: person) {
      // Only where it stands: another alternative may be the sign-in name, which tells people
      // apart.
      let source = field.alternatives.first {
        isShown(in: QueryFilter.Field(alternatives: [$0]), of: person)
      }
      var person = person
      if let source { person.keep(address, of: source) }
      return person
    }
    let aliases = QueryFilter.Field(alternatives: [.aliases])
    return withAliases && isShown(in: aliases, of: person) ? person : nil
  }

  private func isShown(in field: QueryFilter.Field, of person: Member) -> Bool {
    LineShape.values(of: field, in: person, skip: { _ in })
      .containsBytes(of: address)
  }

  /// Whether the configuration lets a person through.
  ///
  /// In a list it is noticed that nobody has a type; of one person the flag that everybody has
  /// tells whether such things are shown.
  private func admits(_ person: Member) throws(EntraSyncError) -> Bool {
    let account = person.account
    guard configuration.userType == .all || account.userType != nil || account.isEnabled != nil
    else {
      throw EntraSyncError(
        .permission,
        "Graph does not show userType, which USERTYPE = \(configuration.userType.rawValue) needs; "
          + PermissionAdvice.give(to: "the application"))
    }
    return try filter.admits(person)
  }

  /// Answers, or asks for what is still unknown.
  private mutating func decide() throws(EntraSyncError) {
    guard openPages == 0 else { return }
    // A filter passes over what the application may not read, as if nobody had the address.
    if !isAnybodyShown, let guess = groups[.signInName], guess.isThere {
      guard guess.open == 0 else { return }
      guard !isMember(guess.found) else { throw AddressQuestion.isHidden }
    }
    var members: [Member] = []
    var isOpen = false
    for person in people {
      let key = key(of: person)
      guard let known = groups[key] else {
        askForGroups(of: key)
        isOpen = true
        continue
      }
      if known.open > 0 {
        isOpen = true
      } else if isMember(known.found) {
        members.append(person)
      }
    }
    guard !isOpen else { return }
    answer = members.isEmpty ? .notMember : .member(members)
  }

  private static var isHidden: EntraSyncError {
    EntraSyncError(
      .permission,
      "Graph shows nobody who has the address, though somebody who signs in with it is in the groups, "
        + "so the application most likely lacks a permission; \(PermissionAdvice.give())")
  }

  /// By which name the person's groups are known: the address, where they sign in with it.
  private func key(of person: Member) -> Request.Person {
    guard let guess = groups[.signInName], guess.isThere, people.count == 1,
      signsInWithAddress(person)
    else { return .id(person.id) }
    return .signInName
  }

  private func signsInWithAddress(_ person: Member) -> Bool {
    guard let name = person.values(of: .signInName).first, let own = try? Address(name) else {
      return false
    }
    return own.text.hasSameBytes(as: address)
  }

  private func isMember(_ found: Set<ObjectID>) -> Bool {
    !found.isDisjoint(with: configuration.groups)
      && found.isDisjoint(with: configuration.excludedGroups)
  }
}
