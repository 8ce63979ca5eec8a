import Testing

@testable import EntraSync

@Suite struct ConfigurationTextTests {
  static func read(_ text: String) throws(EntraSyncError) -> ConfigurationText {
    try ConfigurationText(Array(text.utf8))
  }

  @Test(
    "A key is found whatever its case, spaces, underscores and hyphens, and whatever separates it",
    arguments: [
      ("TENANTID = x", .tenantID), ("TENANTID=x", .tenantID), ("TENANTID: x", .tenantID),
      ("TENANTID:x", .tenantID), ("TENANTID x", .tenantID), ("TENANTID\tx", .tenantID),
      ("  TENANTID   =   x  ", .tenantID), ("tenantid = x", .tenantID),
      ("Tenant ID: x", .tenantID), ("Tenant ID x", .tenantID), ("TENANT_ID=x", .tenantID),
      ("tenant-id x", .tenantID), ("T e n a n t I D = x", .tenantID),
      ("TENANTID\u{A0}=\u{A0}x", .tenantID),
      ("Directory ID: x", .tenantID), ("DIRECTORYID x", .tenantID),
      ("Application ID = x", .clientID), ("APPLICATIONID:x", .clientID),
      ("Secret value: x", .clientSecret), ("SECRETVALUE=x", .clientSecret),
      ("Client secret x", .clientSecret), ("Client secret file x", .clientSecretFile),
      ("CLIENTSECRET FILE = x", .clientSecretFile), ("client-certificate: x", .clientCertificate),
      ("Query filter: x", .queryFilter), ("Group ID x", .groupID),
      ("exclude group id = x", .excludeGroupID), ("max_removed x", .maxRemoved),
    ] as [(String, ConfigurationKey)])
  func findsKey(line: String, key: ConfigurationKey) throws {
    let text = try Self.read(line)
    #expect(text.entries[key]?.value == "x")
    #expect(text.entries.count == 1)
    #expect(text.warnings.isEmpty)
  }

  @Test("Every key can be written in its full form", arguments: ConfigurationKey.allCases)
  func knowsEveryKey(key: ConfigurationKey) throws {
    #expect(try Self.read("\(key.rawValue) = v").entries[key]?.value == "v")
  }

  @Test(
    "Only the first separator separates, and # inside a value is a part of it",
    arguments: [
      ("CLIENTSECRET = a=b:c d", "a=b:c d"), ("CLIENTSECRET a=b", "a=b"),
      ("CLIENTSECRET a:b", "a:b"), ("CLIENTSECRET == x", "= x"), ("CLIENTSECRET :=x", "=x"),
      ("CLIENTSECRET = :x", ":x"), ("CLIENTSECRET:#x", "#x"), ("CLIENTSECRET = a # b", "a # b"),
      ("CLIENTSECRET #x", "#x"), ("CLIENTSECRET = ~-_", "~-_"),
      ("CLIENTSECRET = CLIENTID = x", "CLIENTID = x"), ("CLIENTSECRET", ""), ("CLIENTSECRET =", ""),
    ])
  func splitsOnce(line: String, value: String) throws {
    #expect(try Self.read(line).entries[.clientSecret]?.value == value)
  }

  @Test("White space separates a URL from its key, colons or not")
  func keepsURL() throws {
    let text = try Self.read("LOGINURL http://127.0.0.1:8080/a")
    #expect(text.entries[.loginURL]?.value == "http://127.0.0.1:8080/a")
  }

  @Test(
    "Quotes around a value are taken off, and protect the spaces inside",
    arguments: [
      ("\"a b\"", "a b"), ("'a b'", "a b"), ("\" a \"", " a "), ("\"\"", ""), ("\"a\"b\"", "a\"b"),
      ("\"it's\"", "it's"), ("a\"b", "a\"b"), ("a\"", "a\""), ("\"#x\"", "#x"),
    ])
  func unquotes(written: String, value: String) throws {
    #expect(try Self.read("CLIENTSECRET = \(written)").entries[.clientSecret]?.value == value)
  }

  @Test(
    "A value's quote that is not closed is refused without showing the value",
    arguments: ["\"", "'", "\"abc", "'abc\"", "\"abc'"])
  func refusesOpenQuote(written: String) {
    #expect(
      throws: EntraSyncError(
        .configuration, "line 1: CLIENTSECRET begins with a quote that is not closed")
    ) { try Self.read("CLIENTSECRET = \(written)") }
  }

  @Test("A byte order mark, CRLF, blank lines and a missing last line end change nothing")
  func acceptsWindowsText() throws {
    let text = try Self.read("\u{FEFF}TENANTID = a\r\n\r\n  \t \r\nCLIENTID = b\r\nGROUPID = c")
    #expect(text.entries.mapValues(\.value) == [.tenantID: "a", .clientID: "b", .groupID: "c"])
    #expect(text.entries.mapValues(\.line) == [.tenantID: 1, .clientID: 4, .groupID: 5])
    #expect(text.warnings.isEmpty)
  }

  @Test("# begins a comment at the start of a line, white space before it or not")
  func skipsComments() throws {
    let text = try Self.read("# TENANTID = a\n \t#CLIENTID = b\n#\nGROUPID = c")
    #expect(text.entries.mapValues(\.line) == [.groupID: 4])
    #expect(text.warnings.isEmpty)
  }

  @Test(
    "An empty configuration text has no entries",
    arguments: ["", "\u{FEFF}", "\n\n", "\r\n", "# only this"])
  func acceptsEmpty(text: String) throws {
    let read = try Self.read(text)
    #expect(read.entries.isEmpty)
    #expect(read.warnings.isEmpty)
  }

  @Test("A key that comes twice with the same value causes a warning")
  func warnsOfRepetition() throws {
    let text = try Self.read("GROUPID = a\n# x\nGroup ID: a")
    #expect(text.entries[.groupID]?.line == 1)
    #expect(text.warnings == ["line 3: GROUPID repeats line 1; remove one"])
  }

  @Test("A key that comes twice with two values is refused without showing them")
  func refusesContradiction() {
    #expect(
      throws: EntraSyncError(
        .configuration, "line 2: CLIENTSECRET was given another value in line 1; keep one")
    ) { try Self.read("CLIENTSECRET = one\nSECRETVALUE = two") }
  }

  @Test("Values of a repeated key are compared as bytes")
  func comparesValuesBytewise() {
    #expect(throws: EntraSyncError.self) {
      try Self.read("CLIENTSECRET = \u{E9}\nCLIENTSECRET = e\u{301}")
    }
  }

  @Test(
    "A warning about an unknown key shows its name and never its value",
    arguments: [
      ("FOO = bar", "line 1: unknown key FOO; it is ignored"),
      ("CLIENTSECRTE: bar", "line 1: unknown key CLIENTSECRTE; it is ignored"),
      ("Max-Removd 5", "line 1: unknown key Max-Removd; it is ignored"),
      ("QOY8Q~PUf = x", "line 1: no known key at its start; the line is ignored"),
      ("QOY8QPUf", "line 1: no known key at its start; the line is ignored"),
      ("onlyletters", "line 1: no known key at its start; the line is ignored"),
      ("abcdefghijkl==", "line 1: no known key at its start; the line is ignored"),
      ("abcdefghijklmnopqrstuvwxyz = x", "line 1: no known key at its start; the line is ignored"),
      ("= x", "line 1: no known key at its start; the line is ignored"),
      ("[section]", "line 1: no known key at its start; the line is ignored"),
    ])
  func warnsOfUnknownKey(line: String, warning: String) throws {
    let text = try Self.read(line)
    #expect(text.entries.isEmpty)
    #expect(text.warnings == [warning])
  }

  @Test(
    "A line of many words is read in a time that grows with its length", .timeLimit(.minutes(1)),
    arguments: ["a ", "a_ ", " _", "CLIENT SECRET "])
  func readsLongLine(word: String) throws {
    let text = try Self.read("1" + String(repeating: word, count: 65_536 / word.count))
    #expect(text.warnings == ["line 1: no known key at its start; the line is ignored"])
  }

  @Test("A key may have any number of spaces, underscores and hyphens in it")
  func readsSpreadKey() throws {
    let marks = String(repeating: " _-\t", count: 50)
    let text = try Self.read("client\(marks)secret\(marks)= x")
    #expect(text.entries[.clientSecret]?.value == "x")
  }

  @Test(
    "Control characters and invisible ones in a value are refused, naming line and key",
    arguments: [
      "a\u{0}b", "a\rb", "a\u{1B}[31m", "a\u{7F}", "a\u{85}b", "a\u{200B}b", "\u{202E}a",
      "a\u{3164}", "a\u{FE0F}", "a\u{AD}b", "a\tb", "a\u{200B} # b",
    ])
  func refusesControlCharacters(value: String) {
    #expect(
      throws: EntraSyncError(
        .configuration,
        "line 2: CLIENTSECRET holds a control character or an invisible one; type the value again")
    ) { try Self.read("# a comment\nCLIENTSECRET = \(value)") }
  }

  @Test(
    "A configuration text that is not UTF-8 is refused",
    arguments: [[0xFF, 0xFE, 0x54, 0x00], [0x54, 0xE4], [0xC0, 0x80], [0xED, 0xA0, 0x80]]
      as [[UInt8]])
  func refusesOtherEncodings(bytes: [UInt8]) {
    #expect(
      throws: EntraSyncError(.configuration, "is not UTF-8 text; save it as plain text")
    ) { try ConfigurationText(bytes) }
  }
}
