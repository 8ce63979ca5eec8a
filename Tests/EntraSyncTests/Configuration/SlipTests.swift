import Testing

@testable import EntraSync

@Suite struct SlipTests {
  static let comment = "has a comment behind its value; put the comment on a line of its own"
  static let quotes = "is in typographic quotes, which are not taken off; type plain quotes or none"
  static let hyphens = "has typographic hyphens in it; type plain ones"

  @Test(
    "A value that a comment or typography spoils is refused with that as the reason",
    arguments: [
      ("EXCLUDEGROUPID", "\(Sample.otherGroup) # leavers", comment),
      ("EXCLUDEGROUPID", "\(Sample.otherGroup)# leavers", comment),
      ("EXCLUDEGROUPID", "\(Sample.otherGroup)\t#", comment),
      ("EXCLUDEGROUPID", "\(Sample.otherGroup), \(Sample.group) # leavers", comment),
      ("EXCLUDEGROUPID", "\(Sample.otherGroup) // leavers", comment),
      ("EXCLUDEGROUPID", "\(Sample.otherGroup) (leavers)", comment),
      ("EXCLUDEGROUPID", "\(Sample.otherGroup) -- leavers", comment),
      ("EXCLUDEGROUPID", "\"\(Sample.otherGroup)\" # leavers", comment),
      ("EXCLUDEGROUPID", "\"\(Sample.otherGroup) # leavers\"", comment),
      ("EXCLUDEGROUPID", "\u{201C}\(Sample.otherGroup)\u{201D}", quotes),
      ("EXCLUDEGROUPID", "\u{201E}\(Sample.otherGroup)\u{201C}", quotes),
      ("EXCLUDEGROUPID", "\u{2018}\(Sample.otherGroup)\u{2019}", quotes),
      ("EXCLUDEGROUPID", "\(Sample.otherGroup)\u{BB}", quotes),
      ("EXCLUDEGROUPID", "\u{201C}\(Sample.otherGroup)\u{201D} # leavers", comment),
      (
        "EXCLUDEGROUPID", Sample.otherGroup.split(separator: "-").joined(separator: "\u{2013}"),
        hyphens
      ),
      ("CLOUD", "usgov # GCC High", comment), ("TIMEOUT", "60 # seconds", comment),
      ("GRAPHURL", "https://graph.microsoft.us # GCC", comment),
      ("MAXREMOVED", "\u{201C}20%\u{201D}", quotes), ("ACCOUNTS", "enabled ; all", comment),
      ("PROXY", "http://proxy.example:3128 # ours", comment),
      ("QUERYFILTER", "mail # all", comment),
      ("SCOPE", "https://graph.microsoft.com/.default # v2", comment),
      ("COUNTRYCODE", "+358 # Finland", comment), ("CLIENTSECRET", "\"a\" # until 2027", comment),
      ("CLIENTSECRET", "abc~123\t# until 2027", comment), ("STATEDIR", "/a\t\t# tokens", comment),
    ])
  func isTheReason(key: String, value: String, reason: String) {
    let text = Sample.text(without: [key], adding: ["\(key) = \(value)"])
    let line = text.split(separator: "\n").count
    #expect(Sample.refusal(of: text) == "\(Sample.path): line \(line): \(key) \(reason)")
  }

  @Test(
    "A value that is wrong without its comment too is refused for what is wrong in it",
    arguments: ["Everybody # all", "\u{201C}Everybody\u{201D}", "\(Sample.group) \(Sample.group)"])
  func isNotTheReason(value: String) {
    let refusal = Sample.refusal(
      of: Sample.text(without: ["GROUPID"], adding: ["GROUPID = \(value)"]))
    #expect(refusal?.contains(" must be a GUID such as ") == true)
  }

  @Test(
    "A comment or typographic quotes about a path or a password cause a warning",
    arguments: [
      ("AUDITFILE = audit # ours", "AUDITFILE seems to have a comment behind it, which counts as "),
      ("CAFILE = \u{201C}ca.pem\u{201D}", "CAFILE is in typographic quotes, which count as "),
      ("STATEDIR = /var/lib/x # tokens", "STATEDIR seems to have a comment behind it"),
      ("CLIENTKEY = app.key # RSA", "CLIENTKEY seems to have a comment behind it"),
      ("CLIENTKEYPASSWORD = geheim # old", "CLIENTKEYPASSWORD seems to have a comment behind it"),
      (
        "CLIENTKEYPASSWORDFILE = \u{AB}word\u{BB}", "CLIENTKEYPASSWORDFILE is in typographic quotes"
      ),
    ])
  func isDoubted(line: String, start: String) throws {
    let configuration = try Sample.configuration(
      without: ["CLIENTSECRET"], adding: "CLIENTCERTIFICATE = app.pem", line)
    #expect(configuration.warnings.count == 1)
    #expect(configuration.warnings.first?.hasPrefix("line 5: \(start)") == true)
    #expect(configuration.warnings.first?.contains("geheim") == false)
  }

  @Test(
    "A path that only looks like one with a comment causes no warning",
    arguments: ["audit#1", "\"audit # 1\"", "a(b) c", "a -- b", "a\u{2019}b", "#audit"])
  func isMeant(path: String) throws {
    #expect(try Sample.configuration(adding: "AUDITFILE = \(path)").warnings.isEmpty)
  }

  @Test(
    "A client secret that Entra ID cannot have made causes a warning, and is kept as it is",
    arguments: [
      ("abc~123 # until 2027", "seems to have a comment behind it, which is sent as a part of it;"),
      ("\u{201C}abc~123\u{201D}", "is in typographic quotes, which are sent as a part of it;"),
      ("abc~123\u{2019}", "is in typographic quotes, which are sent as a part of it;"),
      ("abc 123", "has a space in it, as no client secret of Entra ID has;"),
      ("abc\u{A0}123", "has a space in it, as no client secret of Entra ID has;"),
      ("abc\u{2013}123", "has a character in it that no client secret of Entra ID has;"),
      ("\u{E9}", "has a character in it that no client secret of Entra ID has;"),
      (Sample.group, "looks like the secret's ID; it must be its Value"),
    ])
  func doubtsSecret(secret: String, start: String) throws {
    let configuration = try Sample.configuration(
      without: ["CLIENTSECRET"], adding: "CLIENTSECRET = \(secret)")
    #expect(configuration.clientSecret == secret)
    #expect(configuration.warnings.count == 1)
    let warning = configuration.warnings.first ?? ""
    #expect(warning.hasPrefix("line 4: CLIENTSECRET \(start)"), "\(warning)")
    #expect(!warning.contains("abc"))
  }

  @Test("A client secret's ID with a comment behind it causes two warnings")
  func doubtsSecretTwice() {
    #expect(ClientSecretDoubt.reasons("\(Sample.group) # the Value").count == 2)
  }

  @Test("Plain quotes in a file of its own belong to a client secret, and are doubted")
  func doubtsQuotedSecret() {
    for secret in ["\"ab~c\"", "'ab~c'"] {
      let reasons = ClientSecretDoubt.reasons(secret)
      #expect(reasons == ["is in quotes, which are sent as a part of it; remove them"])
    }
    for id in ["{\(Sample.group)}", "\"\(Sample.group)\""] {
      let reasons = ClientSecretDoubt.reasons(id)
      #expect(reasons.contains("looks like the secret's ID; it must be its Value"))
    }
  }

  @Test(
    "A client secret as Entra ID makes it causes no warning",
    arguments: [Sample.secret, "ab#cd", "-_~.8Q", "a+b/c==", "[x]:@?*", "\"abc"])
  func acceptsSecret(secret: String) {
    #expect(ClientSecretDoubt.reasons(secret).isEmpty)
  }
}
