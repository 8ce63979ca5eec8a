import Foundation
import Testing

@testable import GraphSimulator

@Suite struct DirectoryTests {
  private let anna = Member.user(
    Person(id: "0a000000-0000-4000-8000-00000000000A", mail: "anna@example.com"))
  private let bo = Member.user(
    Person(id: "0b000000-0000-4000-8000-00000000000b", mail: "bo@example.com"))

  @Test func `The members of a group, even of a new one, can be set`() {
    var directory = Directory.builtIn(members: 5, seed: 1)
    directory.setMembers(of: BuiltInGroup.main.id, to: [anna])
    #expect(directory.members(of: BuiltInGroup.main.id) == [anna])
    let new = ObjectID.random()
    directory.setMembers(of: new, to: [anna, bo])
    #expect(directory.members(of: new.uppercased()) == [anna, bo])
  }

  @Test func `A member that is added twice is in the group once`() {
    var directory = Directory.builtIn(members: 5, seed: 1)
    directory.add([anna, bo, anna], to: BuiltInGroup.empty.id)
    directory.add([bo], to: BuiltInGroup.empty.id)
    #expect(directory.members(of: BuiltInGroup.empty.id) == [anna, bo])
  }

  @Test func `A made-up member is removed by its id`() throws {
    var directory = Directory.builtIn(members: 5, seed: 1)
    let before = directory.members(of: BuiltInGroup.main.id)
    let leaving = try #require(before.first)
    directory.remove(ids: [leaving.id.uppercased()], from: BuiltInGroup.main.id)
    #expect(directory.members(of: BuiltInGroup.main.id) == Array(before.dropFirst()))
  }

  @Test func `Transitive members reflect a change of a nested group`() {
    var directory = Directory.builtIn(members: 5, seed: 1)
    let before = directory.entries(of: BuiltInGroup.main.id, transitive: true)?.count ?? 0
    directory.add([anna], to: BuiltInGroup.inner.id)
    let after = directory.entries(of: BuiltInGroup.main.id, transitive: true)?.count ?? 0
    #expect(after == before + 1)
  }

  @Test func `A group of 100 has the first 100 people of a group of 1000`() {
    let people = { (count: Int) in
      Directory.builtIn(members: count, seed: 7).members(of: BuiltInGroup.main.id)
        .compactMap { if case .user(let person) = $0 { person } else { nil } }
    }
    #expect(people(100) == Array(people(1_000).prefix(100)))
  }

  @Test func `The people of the group doubles are numbered by their places`() throws {
    for (index, person) in Directory.doubles.enumerated() {
      #expect(person.id.hasSuffix(ObjectID.make(high: 0, low: UInt64(index + 1)).suffix(12)))
      #expect(person.displayName == "Double \(index + 1)")
    }
    #expect(Directory.leaver == Directory.doubles[9])
  }

  @Test func `Graph does not tell whether the account of one of doubles is enabled`() throws {
    let members = try Answering().pages(of: .doubles, query: "?$select=accountEnabled").members
    #expect(members.count { $0["accountEnabled"] is NSNull } == 1)
    #expect(members.count { $0["accountEnabled"] as? Bool == false } == 1)
  }

  @Test func `The values of the group oddities reach a client unchanged`() throws {
    let pages = try Answering().pages(of: .oddities, query: "?$select=mail,mobilePhone&$top=10")
    let served = pages.members
    #expect(served.count == Directory.oddities.count)
    for (member, person) in zip(served, Directory.oddities) {
      // Foundation's JSON reader removes a byte order mark at the beginning of a string.
      let mail = person.mail?.trimmingPrefix("\u{FEFF}").description
      #expect(member["mail"] as? String == mail)
      #expect(member["mobilePhone"] as? String == person.mobilePhone)
    }
  }
}
