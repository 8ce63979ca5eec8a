import Testing

@testable import EntraSync

@Suite struct TokenBindingTests {
  @Test("A token's file is named after half of its binding's number")
  func namesFile() {
    let binding = TokenBinding([0, 0x0F, 0x10, 0xF0] + [UInt8](repeating: 0xAB, count: 28))
    #expect(binding.fileName == "entrasync-token-000f10f0" + String(repeating: "ab", count: 12))
    #expect(binding.text.count == 64)
  }

  /// What makes another binding, with the lines of it.
  static let others: [(missing: Set<String>, line: String)] = [
    (["TENANTID"], "TENANTID = contoso.onmicrosoft.com"),
    (["CLIENTID"], "CLIENTID = \(Sample.otherGroup)"),
    ([], "LOGINURL = https://login.example"),
    ([], "LOGINURL = https://login.microsoftonline.com/proxy"),
    ([], "LOGINURL = https://login.microsoftonline.com:444"),
    ([], "GRAPHURL = https://graph.example"),
    ([], "GRAPHURL = https://graph.microsoft.com/proxy"),
    ([], "CLOUD = usgov"),
  ]

  @Test("A token's binding differs for another tenant, application or host", arguments: others)
  func tellsApart(missing: Set<String>, line: String) throws {
    let one = TokenBinding.message(of: try Sample.configuration())
    let other = TokenBinding.message(of: try Sample.configuration(without: missing, adding: line))
    #expect(one != other)
  }

  @Test(
    "A token's binding is the same for another group or QUERYFILTER",
    arguments: ["EXCLUDEGROUPID = \(Sample.otherGroup)", "QUERYFILTER = mail,mobilePhone"])
  func takesTogether(line: String) throws {
    let other = try Sample.configuration(
      without: ["GROUPID"], adding: "GROUPID = \(Sample.otherGroup)", line)
    #expect(
      TokenBinding.message(of: try Sample.configuration()) == TokenBinding.message(of: other))
  }

  @Test("A token's binding differs for another cloud behind the same endpoints")
  func bindsScope() throws {
    let lines = ["LOGINURL = https://login.example", "GRAPHURL = https://graph.example"]
    let messages = try ["global", "china"].map {
      TokenBinding.message(
        of: try Sample.configuration(adding: lines[0], lines[1], "CLOUD = \($0)"))
    }
    #expect(messages[0] != messages[1])
  }

  @Test("The binding of a token of the next credential names the credential that was refused")
  func bindsRefusal() throws {
    let configuration = try Sample.configuration(adding: "NEXTCLIENTSECRET = second")
    let next = try #require(configuration.succeeding)
    let messages = [
      TokenBinding.message(of: next),
      TokenBinding.message(
        of: next, after: CredentialRefusal(of: TokenBinding([1]), hasEnded: true)),
      TokenBinding.message(
        of: next, after: CredentialRefusal(of: TokenBinding([1]), hasEnded: false)),
      TokenBinding.message(
        of: next, after: CredentialRefusal(of: TokenBinding([2]), hasEnded: true)),
    ]
    #expect(Set(messages).count == 4)
    #expect(messages[0] == TokenBinding.message(of: configuration))
  }

  @Test("The message that a token's binding is made of does not hold the client secret")
  func holdsNoSecret() throws {
    let text = String(
      decoding: TokenBinding.message(of: try Sample.configuration()), as: UTF8.self)
    #expect(text.contains(Sample.tenant))
    #expect(!text.contains(Sample.secret))
  }
}
