import Foundation
import Testing

@testable import GraphSimulator

@Suite struct HiddenMembershipTests {
  private static let group = BuiltInGroup.hidden

  /// The first person of the group.
  private static func person(_ answering: Answering) -> String {
    answering.service.withState { $0.directory.people.id(33) }
  }

  @Test(arguments: [
    (Role.usual, 0), (Role.allCases, 8), ([.groupMemberReadAll, .memberReadHidden], 8),
  ])
  func `A hidden group shows its members only with Member.Read.Hidden`(
    roles: [Role], count: Int
  ) throws {
    let answering = try Answering(members: 20, roles: roles)
    for collection in ["members", "transitiveMembers"] {
      let pages = try answering.pages(of: Self.group, collection: collection)
      #expect(pages.count == 1)
      #expect(pages.members.count == count)
    }
  }

  @Test(arguments: [(Role.usual, false), (Role.allCases, true)])
  func `A hidden group contains a user only with Member.Read.Hidden`(
    roles: [Role], isShown: Bool
  ) throws {
    let answering = try Answering(members: 20, roles: roles)
    let person = Self.person(answering)
    let found = isShown ? [Self.group.id] : []
    let check = try answering.check(person, [Self.group.id]).object()
    #expect(check["value"] as? [String] == found)
    let groups = try [answering.get("/v1.0/users/\(person)/memberOf").object()].members
    #expect(groups.strings("id") == found)
  }

  @Test(arguments: [Role.usual, Role.allCases])
  func `A group says whether it hides its members`(roles: [Role]) throws {
    let answering = try Answering(members: 5, roles: roles)
    for group in BuiltInGroup.allCases {
      let answer = try answering.get("/v1.0/groups/\(group.id)?$select=visibility").object()
      let isHidden = answer["visibility"] as? String == "HiddenMembership"
      #expect(isHidden == (group == Self.group))
      #expect(isHidden || answer["visibility"] is NSNull)
    }
  }

  @Test func `A nested group that hides its members shows none of them`() throws {
    let answering = try Answering(members: 5, roles: Role.usual)
    answering.service.withState {
      $0.directory.add([.group(id: Self.group.id)], to: BuiltInGroup.single.id)
    }
    let ids = try answering.pages(of: .single, collection: "transitiveMembers").members
      .strings("id")
    #expect(ids == [Directory.onlyPerson.id, Self.group.id])
    let person = Self.person(answering)
    let check = try answering.check(person, [BuiltInGroup.single.id]).object()
    #expect(check["value"] as? [String] == [])
  }

  @Test func `A group can be made to hide its members`() throws {
    let answering = try Answering(members: 5, roles: Role.usual)
    answering.service.withState {
      $0.directory.setHidesMembers(true, of: BuiltInGroup.single.id.uppercased())
      $0.directory.setHidesMembers(false, of: Self.group.id)
      $0.directory.setHidesMembers(true, of: ObjectID.random())
    }
    #expect(try answering.pages(of: .single).members.isEmpty)
    #expect(try answering.pages(of: Self.group).members.count == 3)
  }
}
