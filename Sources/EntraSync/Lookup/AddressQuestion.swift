/// The lookup of one address: which questions to ask Graph, and what the replies mean.
///
/// It decides only. Graph is first asked who in the tenant has the address, and then in which of
/// the groups these people are. Both replies come from the directory itself, since its search index
/// lags behind. Most people sign in with their address. So both questions can be asked at once, and
/// a lookup takes one round trip.
public struct AddressQuestion: Sendable {
  /// One question that is ready to be asked.
  public struct Request: Sendable {
    /// What it is about.
    enum Subject: Sendable {
      /// Who has the address.
      case people
      /// Which mail contacts have the address.
      case contacts
      /// In which groups somebody is.
      case groups(of: Person)
    }

    /// How a question names a person.
    enum Person: Hashable, Sendable {
      /// Whoever signs in with the address.
      case signInName
      /// The person with this object id.
      case id(ObjectID)
      /// The mail contact with this object id.
      case contact(ObjectID)
    }

    let subject: Subject
    /// What to ask.
    public let question: GraphQuestion
  }

  /// How many pages the answer to one question may have.
  private static let mostPages = 100

  /// What the replies have said so far about one person's groups.
  private struct Groups {
    var found: Set<ObjectID> = []
    var open = 0
    var isThere = true
  }

  private let withAliases: Bool
  private let configuration: Configuration
  /// The field of QUERYFILTER that is the address.
  private let field: QueryFilter.Field
  /// What a person has to do with the address; it is empty if no list can hold it.
  private let match: AddressMatch
  private let strangers: Set<ObjectID>
  private var people: [AddressMatch.Candidate] = []
  private var met: Set<ObjectID> = []
  private var isAnybodyShown = false
  private var openPages = 0
  private var groups: [Request.Person: Groups] = [:]
  private var pages = 0
  private var ready: [Request] = []

  /// The answer, once there is one. The questions that are still open no longer matter.
  public private(set) var answer: LookupAnswer?

  /// Creates the lookup of one address.
  ///
  /// - Parameters:
  ///   - text: The address. A text that no list of the configuration can hold is nobody's address.
  ///   - configuration: The groups, and which people count.
  ///   - field: The field by which people have addresses; QUERYFILTER's first if there is none.
  ///   - withAliases: Whether a person's other addresses (`proxyAddresses`) count too.
  ///   - guesses: Whether to ask at once for the groups of whoever signs in with the address.
  ///   - strangers: People of whom it has to be known whether EXCLUDEGROUPID leaves them out,
  ///     though this configuration does not find them.
  public init(
    _ text: String, in configuration: Configuration, by field: QueryFilter.Field? = nil,
    withAliases: Bool = false, guesses: Bool = true, also strangers: Set<ObjectID> = []
  ) {
    let field = field ?? configuration.queryFilter.address
    self.field = field
    self.strangers = strangers
    self.withAliases = withAliases
    self.configuration = configuration
    // A prefix such as `smtp:` is how the directory writes addresses; it is no part of one.
    // Where the configuration does not want the address, it may still exclude who has it.
    guard !text.contains(":"), let address = try? Address(text),
      configuration.valueRules.admits(address) || !configuration.excludedGroups.isEmpty
    else {
      match = AddressMatch("", in: field, of: configuration, withAliases: withAliases)
      answer = .notMember
      return
    }
    match = AddressMatch(address.text, in: field, of: configuration, withAliases: withAliases)
    let people = PeopleQuestion(address, in: field, of: configuration, withAliases: withAliases)
    ready = people.questions.map { Request(subject: .people, question: $0) }
    let contacts = ContactQuestion(
      address, in: field, of: configuration, withAliases: withAliases)
    if let contacts { ready.append(Request(subject: .contacts, question: contacts.question)) }
    openPages = ready.count
    if guesses { askForGroups(of: .signInName) }
    for id in strangers.sorted(by: { $0.number < $1.number }) { askForGroups(of: .id(id)) }
  }

  /// How many questions a lookup begins with.
  ///
  /// - Parameters:
  ///   - configuration: What is asked for.
  ///   - field: The field by which people have addresses; QUERYFILTER's first if there is none.
  ///   - guesses: Whether it asks for groups at once.
  /// - Returns: At least 1.
  public static func firstQuestions(
    of configuration: Configuration, by field: QueryFilter.Field? = nil, guesses: Bool
  ) -> Int {
    let field = field ?? configuration.queryFilter.address
    let contacts = ContactQuestion.sources(in: field, of: configuration, withAliases: true)
    return PeopleQuestion.count(in: field, withAliases: true) + (contacts.isEmpty ? 0 : 1)
      + (guesses ? MembershipQuestion.count(configuration) : 0)
  }

  /// Takes out the questions that are ready.
  ///
  /// - Returns: Questions to ask now. Others may follow once these have been answered.
  public mutating func takeQuestions() -> [Request] {
    defer { ready = [] }
    return answer == nil ? ready : []
  }

  /// Gives up if there is no answer yet.
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
      case .people: try takePeople(outcome, .users)
      case .contacts: try takePeople(outcome, .contacts)
      case .groups(let person): try takeGroups(outcome, of: person)
      }
      try decide()
    } catch {
      answer = .unknown(error)
    }
  }

  private mutating func takePeople(
    _ outcome: BatchQueue.Outcome, _ kind: PageReader.Kind
  ) throws(EntraSyncError) {
    let isOfContacts = kind == .contacts
    let reply = try GraphReply.of(
      outcome, about: isOfContacts ? .contacts : .people, configuration)
    let attributes = PeopleQuestion.attributes(of: configuration, withAliases: withAliases)
    let page = try PeoplePage(reply.body, attributes: attributes, of: kind)
    // Somebody of a type that does not count as a person is shown all the same.
    if !page.people.isEmpty, !isOfContacts { isAnybodyShown = true }
    for person in page.people where configuration.counts(person) {
      guard let candidate = try match.candidate(person) else { continue }
      // Graph may show somebody on two pages.
      if met.insert(person.id).inserted { people.append(candidate) }
    }
    openPages -= 1
    if let link = page.nextLink {
      openPages += 1
      try follow(link, as: isOfContacts ? .contacts : .people)
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
      // Either nobody signs in with the address, or Graph could not answer the guess. The people
      // who have the address are then asked about by their ids. If Graph does not know an id that
      // it has just named, a replica may lag behind: that says nothing about the person's groups.
      guard person == .signInName || (isStranger(person) && error.status == .notFound) else {
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

  /// Whether another configuration has named a person, who need not be in this one's tenant.
  private func isStranger(_ person: Request.Person) -> Bool {
    guard case .id(let id) = person else { return false }
    return strangers.contains(id) && !met.contains(id)
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
    var question = try GraphQuestion(nextLink: link, graph: configuration.graph)
    // The next page does not inherit the header of this one.
    if case .people = subject { question.needsIndex = PeopleQuestion.needsIndex(field) }
    ready.append(Request(subject: subject, question: question))
  }

  private mutating func askForGroups(of person: Request.Person) {
    let name =
      switch person {
      case .signInName: match.address
      case .id(let id), .contact(let id): id.text
      }
    guard groups[person] == nil else { return }
    let isContact = if case .contact = person { true } else { false }
    let questions = MembershipQuestion(of: name, isContact: isContact, configuration).questions
    groups[person] = Groups(open: questions.count)
    ready += questions.map { Request(subject: .groups(of: person), question: $0) }
  }

  /// Answers, or asks the questions that are still open.
  private mutating func decide() throws(EntraSyncError) {
    guard openPages == 0 else { return }
    // Graph's filter skips what the application may not read, as if nobody had the address.
    if !isAnybodyShown, let guess = groups[.signInName], guess.isThere {
      guard guess.open == 0 else { return }
      guard !isMember(guess.found) else { throw AddressQuestion.isHidden }
    }
    var finding = AddressFinding()
    var isOpen = false
    for person in people {
      let key = key(of: person.member)
      guard let known = groups[key] else {
        askForGroups(of: key)
        isOpen = true
        continue
      }
      if known.open > 0 {
        isOpen = true
      } else {
        add(person, in: known.found, to: &finding)
      }
    }
    for id in strangers {
      let known = groups[.id(id)]
      if known?.open ?? 0 > 0 { isOpen = true }
      if let known, !known.found.isDisjoint(with: configuration.excludedGroups) {
        finding.exclusions.insert(id)
      }
    }
    guard !isOpen else { return }
    answer = .found(finding)
  }

  /// Adds somebody whose groups are known to the finding.
  private func add(
    _ person: AddressMatch.Candidate, in groups: Set<ObjectID>, to finding: inout AddressFinding
  ) {
    if !groups.isDisjoint(with: configuration.excludedGroups) {
      finding.exclusions.insert(person.member, reading: field)
    } else if !groups.isDisjoint(with: configuration.groups) {
      if let claim = person.claim { finding.claimants.append(claim) }
      if let doubt = person.doubt {
        finding.unclear.append(Report.Skip(of: person.member, reason: doubt))
      }
    }
  }

  private static var isHidden: EntraSyncError {
    EntraSyncError(
      .permission,
      "Graph shows nobody who has the address, though somebody who signs in with it is in the groups, "
        + "so the application most likely lacks a permission; \(PermissionAdvice.give())")
  }

  /// The name under which the person's groups are kept: the address if they sign in with it.
  private func key(of person: Member) -> Request.Person {
    guard person.isUser else { return .contact(person.id) }
    guard let guess = groups[.signInName], guess.isThere, people.count == 1,
      match.isSignInName(of: person)
    else { return .id(person.id) }
    return .signInName
  }

  private func isMember(_ found: Set<ObjectID>) -> Bool {
    !found.isDisjoint(with: configuration.groups)
      && found.isDisjoint(with: configuration.excludedGroups)
  }
}
