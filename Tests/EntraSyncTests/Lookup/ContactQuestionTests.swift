import Foundation
import Testing

@testable import EntraSync

@Suite struct ContactQuestionTests {
  static func path(_ lines: String..., withAliases: Bool = false) throws -> String? {
    let configuration = try Configuration(Array(Sample.text(adding: lines).utf8), path: Sample.path)
    let question = ContactQuestion(
      try Address("a@b.fi"), in: configuration.queryFilter.address, of: configuration,
      withAliases: withAliases)
    return question?.question.path.removingPercentEncoding
  }

  @Test("Contacts are asked for only if CONTACTS says so and they can have the address")
  func asks() throws {
    #expect(try Self.path() == nil)
    #expect(try Self.path("CONTACTS = no") == nil)
    #expect(
      try Self.path("CONTACTS = yes")
        == "/contacts?$filter=\(PeopleQuestionTests.mail)&$select=id,mail,displayName&$top=10")
    #expect(try Self.path("CONTACTS = yes", "QUERYFILTER = userPrincipalName") == nil)
    #expect(
      try Self.path("CONTACTS = yes", "QUERYFILTER = mail,mobilePhone,country", withAliases: true)
        == "/contacts?$filter=\(PeopleQuestionTests.mail) or \(PeopleQuestionTests.aliases)"
        + "&$select=id,mail,displayName,proxyAddresses,phones&$top=10"
    )
  }

  @Test("The groups of a contact are asked for under its own name", arguments: [true, false])
  func asksForGroups(isTransitive: Bool) throws {
    let configuration = try Sample.configuration(
      adding: "MEMBERSHIP = \(isTransitive ? "transitive" : "direct")")
    let question = MembershipQuestion(of: Sample.group, isContact: true, configuration).questions
    #expect(
      question.first?.path.hasPrefix(
        "/contacts/\(Sample.group)/\(isTransitive ? "checkMemberGroups" : "memberOf?")") == true)
  }

  @Test("An address in an attribute of Exchange is asked for in Graph's index, on each page")
  func needsIndex() throws {
    let configuration = try Sample.configuration(
      adding: "QUERYFILTER = mail|extensionAttribute1:address")
    let lookup = AddressQuestion("a@b.fi", in: configuration, guesses: false)
    let talk = try LookupTalk(lookup) { number, _ in
      try .json(
        number == 0
          ? "{\"value\":[],\"@odata.nextLink\":\"\(configuration.graph.url("/v1.0/users?x"))\"}"
          : "{\"value\":[]}")
    }
    #expect(talk.questions.map(\.needsIndex) == [true, true])
    let path = try #require(talk.questions.first?.path.removingPercentEncoding)
    #expect(path.contains("onPremisesExtensionAttributes/extensionAttribute1 eq 'a@b.fi'"))
    #expect(path.hasSuffix("&$count=true"))
    let body = try #require(Batch([1: talk.questions[0]]).question.body)
    #expect(body.contains("\"headers\":{\"ConsistencyLevel\":\"eventual\"}"))
  }
}
