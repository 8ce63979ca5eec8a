import Testing

@testable import GraphSimulator

@Suite struct MadeUpPeopleTests {
  private static let people = (0..<20_000).map(MadeUpPeople(seed: 1).person)
  private var people: [Person] { Self.people }

  @Test func `The same seed gives the same made-up people`() {
    let again = (0..<20_000).map(MadeUpPeople(seed: 1).person)
    #expect(people == again)
  }

  @Test func `Another seed gives other made-up people`() {
    let others = (0..<1_000).map(MadeUpPeople(seed: 2).person)
    #expect(Set(others.map(\.id)).isDisjoint(with: people.map(\.id)))
    #expect(zip(others, people).filter { $0.mail == $1.mail }.count < 50)
  }

  @Test func `Made-up people never share an id, an address or a sign-in name`() {
    #expect(Set(people.map(\.id)).count == people.count)
    #expect(people.allSatisfy { ObjectID.isValid($0.id) })
    let mails = people.compactMap(\.mail).map(\.normalized)
    #expect(Set(mails).count == mails.count)
    #expect(Set(people.map { $0.userPrincipalName.lowercased() }).count == people.count)
  }

  @Test func `Addresses of made-up people are ASCII with one at sign`() {
    for mail in people.compactMap(\.mail).map(\.normalized) {
      #expect(mail.wholeMatch(of: /[a-z0-9.'+-]+@[a-z.]+/) != nil, "\(mail)")
    }
  }

  @Test func `A few of a hundred made-up people have each peculiarity`() {
    let shares: [(name: String, percent: ClosedRange<Double>, has: (Person) -> Bool)] = [
      ("no address", 2...4, { $0.mail == nil }),
      ("guest", 2...4, { $0.isGuest }),
      ("disabled", 3...5, { $0.accountEnabled == false }),
      ("capitals", 3...7, { $0.mail != $0.mail?.lowercased() }),
      ("space around", 0.5...2, { $0.mail?.first == " " || $0.mail?.last == " " }),
      ("tag", 0.5...2, { $0.mail?.contains("+") == true }),
      ("apostrophe", 0.5...5, { $0.mail?.contains("'") == true }),
      ("no number", 4...8, { $0.mobilePhone == nil }),
      ("empty number", 0.2...3, { $0.mobilePhone?.isEmpty == true }),
      ("letters in the number", 1...6, { $0.mobilePhone?.contains { $0.isLetter } == true }),
      (
        "digits and signs alone", 80...97,
        {
          $0.mobilePhone?.wholeMatch(of: /\+?[0-9 ()\/.\-]{7,}/) != nil
        }
      ),
    ]
    for share in shares {
      let percent = 100 * Double(people.count(where: share.has)) / Double(people.count)
      #expect(share.percent.contains(percent), "\(share.name): \(percent) %")
    }
  }

  @Test func `Made-up people type their numbers in every way`() {
    let shapes = Set(
      people.map { person in
        person.mobilePhone.map { $0.replacing(/[0-9]/, with: "9") }
      })
    for shape in [
      "+99 99 9999999", "+999 (9)99-999 9999", "999\u{A0}999\u{A0}9999", "tel:+999999999999",
      "999 9999999 x999", "999 9999999 / 999 9999999", "\u{202A}+999 99 9999999\u{202C}", "", nil,
    ] {
      #expect(shapes.contains(shape), "\(shape ?? "null")")
    }
  }

  @Test(arguments: Attribute.allCases)
  func `A property of a made-up person is the same alone and in the person`(attribute: Attribute) {
    let maker = MadeUpPeople(seed: 1)
    for number in 0..<500 {
      #expect(maker.value(of: attribute, number) == people[number].value(of: attribute))
    }
  }

  @Test func `Names of made-up people come in many scripts`() {
    let names = people.prefix(100).map(\.displayName)
    for script in [
      /\p{Greek}/, /\p{Cyrillic}/, /\p{Han}/, /[ăâđêôơưạảấầậắặẹẻễếềệịọốồộớờợụủứừựỳỹ]/, /[äöå]/,
    ] {
      #expect(names.contains { $0.firstMatch(of: script) != nil })
    }
  }
}

extension String {
  /// The address without spaces and in lower case, as a correct reader compares it.
  fileprivate var normalized: String {
    trimmingPrefix { $0.isWhitespace }.split(separator: " ").joined().lowercased()
  }
}
