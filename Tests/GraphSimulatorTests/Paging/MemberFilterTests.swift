import Testing

@testable import GraphSimulator

@Suite struct MemberFilterTests {
  private static let mail = "ainoa.jasen@example.com"
  private static let filter = "$filter=mail+eq+'\(mail)'"
  private static let eventual = ["consistencylevel": "eventual"]

  private static func path(
    _ group: BuiltInGroup, _ collection: String = "members/microsoft.graph.user"
  ) -> String {
    "/v1.0/groups/\(group.id)/\(collection)"
  }

  @Test(arguments: [
    (BuiltInGroup.single, "members", 1), (.main, "members", 0), (.main, "transitiveMembers", 1),
    (.empty, "members", 0),
  ])
  func `A filter on members finds only members of the group`(
    group: BuiltInGroup, collection: String, count: Int
  ) throws {
    let path = Self.path(group, "\(collection)/microsoft.graph.user")
    let answer = try Answering(members: 5).get(
      "\(path)?$count=true&\(Self.filter)&$select=mail", headers: Self.eventual)
    #expect(answer.status == 200)
    let page = try answer.object()
    #expect([page].members.strings("mail") == Array(repeating: Self.mail, count: count))
    #expect(page["@odata.count"] as? Int == count)
  }

  @Test(arguments: [
    ("members/microsoft.graph.user", "$count=true", [:]),
    ("members/microsoft.graph.user", "$count=false", eventual),
    ("members/microsoft.graph.user", "$top=2", eventual),
    ("transitiveMembers/microsoft.graph.user", "$top=2", [:]),
    ("members", "$count=true", eventual),
  ])
  func `A filter on members needs the header, $count and the user cast`(
    collection: String, query: String, headers: [String: String]
  ) throws {
    let answer = try Answering(members: 5).get(
      "\(Self.path(.single, collection))?\(query)&\(Self.filter)", headers: headers)
    #expect(answer.status == 400)
    #expect(try answer.graphCode() == "Request_UnsupportedQuery")
  }

  @Test func `A page link with a filter needs the header again`() throws {
    let answering = try Answering(members: 5)
    let people = ["a@example.com", "b@example.com"].map {
      Member.user(Person(id: ObjectID.random(), mail: $0))
    }
    answering.service.withState {
      $0.directory.setMembers(of: BuiltInGroup.single.id, to: people)
    }
    let filter = "mail+eq+'a@example.com'+or+mail+eq+'b@example.com'"
    let first = try answering.get(
      "\(Self.path(.single))?$count=true&$top=1&$filter=\(filter)", headers: Self.eventual
    ).object()
    let link = String(
      try #require(first["@odata.nextLink"] as? String).trimmingPrefix("http://127.0.0.1:1"))
    #expect(try answering.get(link).status == 400)
    let second = try answering.get(link, headers: Self.eventual).object()
    #expect([first, second].members.strings("id") == people.map(\.id))
  }

  @Test func `stale-index makes filters find nobody but still lists members`() throws {
    let answering = try Answering(members: 5, faults: ["stale-index*1"])
    let path = Self.path(.single)
    #expect(try [answering.get(path).object()].members.count == 1)
    let counts = try (0..<2).map { _ in
      try [answering.get("\(path)?$count=true&\(Self.filter)", headers: Self.eventual).object()]
        .members.count
    }
    #expect(counts == [0, 1])
  }
}
