import Testing

@testable import EntraSync

@Suite("The client secrets that Graph shows")
struct ApplicationSecretsTests {
  static let now = 1_806_501_909.0  // 2027-03-31 14:05:09

  /// An entry as Graph shows it.
  private func entry(
    _ hint: String?, from start: String = "2026-01-01T00:00:00Z", to end: String
  ) -> String {
    let hint = hint.map { "\"\($0)\"" } ?? "null"
    return "{\"customKeyIdentifier\":null,\"displayName\":\"gateway\",\"endDateTime\":\"\(end)\","
      + "\"hint\":\(hint),\"keyId\":\"\(Sample.group)\",\"secretText\":null,"
      + "\"startDateTime\":\"\(start)\"}"
  }

  private func secrets(_ entries: [String], of id: String = Sample.client) throws
    -> ApplicationSecrets?
  {
    let text =
      "{\"appId\":\"\(id)\",\"passwordCredentials\":[\(entries.joined(separator: ","))]}"
    return ApplicationSecrets(
      try #require(try JSONValueTests.read(text)), of: try Sample.configuration())
  }

  private func end(_ entries: [String], of secret: String = "abC8Q~rest") throws -> CredentialEnd? {
    try #require(try secrets(entries)).end(of: Secret(secret.utf8), at: Self.now)
  }

  @Test("The question names the application and two of its properties")
  func asks() throws {
    #expect(
      ApplicationSecrets.question(of: try Sample.configuration()).path
        == "/applications(appId='\(Sample.client)')?$select=appId,passwordCredentials")
  }

  @Test("The entry in use is the one that begins like the client secret and is valid now")
  func findsEntry() throws {
    let entries = [
      entry("xyz", to: "2027-04-01T00:00:00Z"), entry("abC", to: "2027-05-01T00:00:00.1234567Z"),
      entry("abC", to: "2027-03-30T00:00:00Z"),
      entry("abC", from: "2027-04-01T00:00:00Z", to: "2027-04-02T00:00:00Z"),
    ]
    #expect(try end(entries) == CredentialEnd(1_809_129_600, from: .graph))
    #expect(try end(entries.reversed()) == CredentialEnd(1_809_129_600, from: .graph))
  }

  @Test("Of several entries that begin like it, the earliest end counts, and is said to be that")
  func findsEarliest() throws {
    let entries = ["06", "05", "07"].map { entry("abC", to: "2027-\($0)-01T00:00:00Z") }
    #expect(try end(entries) == CredentialEnd(1_809_129_600, from: .graphAtTheEarliest))
  }

  @Test("An entry without a hint counts only if none with one fits")
  func findsUnmarked() throws {
    let unmarked = entry(nil, to: "2027-05-01T00:00:00Z")
    #expect(try end([unmarked]) == CredentialEnd(1_809_129_600, from: .graphAtTheEarliest))
    #expect(
      try end([unmarked, entry("abC", to: "2028-05-01T00:00:00Z")])?.source == .graph)
  }

  @Test("Nothing is known of a secret that no valid entry fits")
  func findsNone() throws {
    #expect(try end([]) == nil)
    #expect(try end([entry("abc", to: "2027-05-01T00:00:00Z")]) == nil)
    #expect(try end([entry("", to: "2027-05-01T00:00:00Z")]) == nil)
    #expect(try end([entry("abC", to: "2027-03-31T14:05:09Z")]) == nil)
    #expect(try end([entry("abC", to: "soon")]) == nil)
    #expect(try end(["{}", "7", "null"]) == nil)
    #expect(try end([entry("abC8Q~rest-and-more", to: "2027-05-01T00:00:00Z")]) == nil)
  }

  @Test("An answer about another application, or about something else, is none")
  func refuses() throws {
    #expect(try secrets([], of: Sample.otherGroup) == nil)
    let configuration = try Sample.configuration()
    for text in ["null", "[]", "{}", "{\"appId\":\"\(Sample.client)\"}"] {
      #expect(
        ApplicationSecrets(try #require(try JSONValueTests.read(text)), of: configuration) == nil)
    }
  }

  @Test("A hint, which is a part of a secret, is not shown")
  func hidesHint() throws {
    let secrets = try #require(try secrets([entry("abC", to: "2027-05-01T00:00:00Z")]))
    var text = "\(secrets)"
    dump(secrets, to: &text)
    #expect(!text.contains("abC"), "\(text)")
  }
}
