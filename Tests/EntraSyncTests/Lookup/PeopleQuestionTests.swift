import Foundation
import Testing

@testable import EntraSync

@Suite struct PeopleQuestionTests {
  static func path(_ address: String, _ lines: [String], withAliases: Bool = false) throws -> String
  {
    let configuration = try Configuration(Array(Sample.text(adding: lines).utf8), path: Sample.path)
    let questions = PeopleQuestion(
      try Address(address), in: configuration.queryFilter.address, of: configuration,
      withAliases: withAliases
    ).questions
    let question = try #require(questions.first)
    #expect(questions.count == 1)
    #expect(question.body == nil)
    return question.path
  }

  static let signInName = "userPrincipalName eq 'a@b.fi'"
  static let mail = clauses(of: "mail")
  static let otherMails = spellings.map { "otherMails/any(a:a eq '\($0)')" }
    .joined(separator: " or ")
  static let aliases = ["a@b.fi", " a@b.fi", "a@b.fi "].flatMap { ["smtp:" + $0, "SMTP:" + $0] }
    .map { "proxyAddresses/any(a:a eq '\($0)')" }.joined(separator: " or ")

  static let spellings = ["a@b.fi", "a@b.fi ", " a@b.fi", "smtp:a@b.fi"]

  /// The conditions that find the ways of writing an address.
  static func clauses(of attribute: String) -> String {
    spellings.map { "\(attribute) eq '\($0)'" }.joined(separator: " or ")
  }

  /// What is selected, with what is always asked of an account.
  static func whole(_ select: String) -> String {
    select.hasSuffix("creationType") ? select : select + ",accountEnabled,userType"
  }

  @Test(
    "A people question filters by the list's address attributes and by the sign-in name",
    arguments: [
      ([], "\(mail) or \(signInName)", "id,mail,userPrincipalName,displayName"),
      (
        ["QUERYFILTER = mail,mobilePhone"], "\(mail) or \(signInName)",
        "id,mail,mobilePhone,userPrincipalName,displayName"
      ),
      (
        ["QUERYFILTER = userPrincipalName|mail"], "\(signInName) or \(mail)",
        "id,userPrincipalName,mail,displayName"
      ),
      (
        ["QUERYFILTER = otherMails"], "\(otherMails) or \(signInName)",
        "id,otherMails,userPrincipalName,displayName"
      ),
      (
        ["QUERYFILTER = proxyAddresses,id"], "\(aliases) or \(signInName)",
        "id,proxyAddresses,userPrincipalName,displayName"
      ),
      (
        ["QUERYFILTER = extension_0123456789abcdef0123456789abcdef_a:address"],
        "\(clauses(of: "extension_0123456789abcdef0123456789abcdef_a")) or \(signInName)",
        "id,extension_0123456789abcdef0123456789abcdef_a,userPrincipalName,displayName"
      ),
      (
        ["ACCOUNTS = enabled"], "\(mail) or \(signInName)",
        "id,mail,userPrincipalName,displayName"
      ),
      (
        ["USERTYPE = guest"], "\(mail) or \(signInName)",
        "id,mail,userPrincipalName,displayName"
      ),
      (
        ["ACCOUNTS = enabled", "USERTYPE = member"], "\(mail) or \(signInName)",
        "id,mail,userPrincipalName,displayName,accountEnabled,userType,creationType"
      ),
    ])
  func asks(lines: [String], filter: String, select: String) throws {
    let path = try Self.path("A@B.fi", lines)
    let encoded = PercentEncoding.encode(filter)
    #expect(path == "/users?$filter=\(encoded)&$select=\(Self.whole(select))&$top=10")
  }

  @Test(
    "A people question with aliases filters by proxyAddresses once",
    arguments: [
      (
        "mail", "\(mail) or \(signInName) or \(aliases)",
        "id,mail,userPrincipalName,displayName,proxyAddresses"
      ),
      (
        "proxyAddresses", "\(aliases) or \(signInName)",
        "id,proxyAddresses,userPrincipalName,displayName"
      ),
    ])
  func asksForAliases(attribute: String, filter: String, select: String) throws {
    let path = try Self.path("a@b.fi", ["QUERYFILTER = \(attribute)"], withAliases: true)
    let encoded = PercentEncoding.encode(filter)
    #expect(path == "/users?$filter=\(encoded)&$select=\(Self.whole(select))&$top=10")
  }

  @Test(
    "An address cannot add to the filter, the query or the path",
    arguments: [
      "o'neil@b.fi", "a''b@b.fi", "a&b@b.fi", "a%27b@b.fi", "a+b@b.fi", "a/b@b.fi",
      "o'\u{301}neil@b.fi", "änna@b.fi", "a=b@b.fi", "a%2527b@b.fi",
    ])
  func quotes(address: String) throws {
    let address = try Address(address)
    let path = try Self.path(address.text, [])
    #expect(path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
    let parts = try #require(path.split(separator: "?").last).split(separator: "&")
    #expect(parts.map { $0.prefix { $0 != "=" } } == ["$filter", "$select", "$top"])
    let filter = try #require(parts.first?.dropFirst("$filter=".count).removingPercentEncoding)
    // Without its doubled quotes, the filter keeps only the quotes around its literals.
    let literals = filter.replacingOccurrences(of: "''", with: "\u{1}", options: .literal)
      .unicodeScalars.split(separator: "'", omittingEmptySubsequences: false).map { part in
        String(part).replacingOccurrences(of: "\u{1}", with: "'", options: .literal)
      }
    #expect(
      literals == [
        "mail eq ", address.text, " or mail eq ", address.text + " ", " or mail eq ",
        " " + address.text, " or mail eq ", "smtp:" + address.text, " or userPrincipalName eq ",
        address.text, "",
      ])
  }
}
