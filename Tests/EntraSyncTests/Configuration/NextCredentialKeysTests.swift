import Testing

@testable import EntraSync

@Suite("The keys of the next credential")
struct NextCredentialKeysTests {
  @Test("NEXTCLIENTSECRET takes the place of CLIENTSECRET in the configuration that succeeds")
  func readsSecret() throws {
    let configuration = try Sample.configuration(
      adding: "NEXTCLIENTSECRET = second", "SECRETEXPIRES = 2027-03-31")
    let next = try #require(configuration.succeeding)
    #expect(configuration.clientSecret == Sample.secret)
    #expect(next.clientSecret == "second")
    #expect(configuration.keyAndLine(.clientSecret) == "CLIENTSECRET (line 3)")
    #expect(next.keyAndLine(.clientSecret) == "NEXTCLIENTSECRET (line 5)")
    #expect(next.keyAndLine(.clientID) == "CLIENTID (line 2)")
    #expect(next.succeeding == nil)
    // The date is that of the first one.
    #expect(configuration.secretEnd != nil)
    #expect(next.secretEnd == nil)
  }

  @Test("The next credential may be of another kind than the first one")
  func readsCertificate() throws {
    let configuration = try Sample.configuration(
      adding: "NEXT CLIENT CERTIFICATE = /c.pem", "NEXTCLIENTKEY = /k.pem",
      "NEXTCLIENTKEYPASSWORD = word")
    guard case .certificate("/c.pem", "/k.pem", .text) = configuration.nextCredential else {
      Issue.record("\(String(describing: configuration.nextCredential))")
      return
    }
    #expect(configuration.holdsSecret)
    #expect(configuration.succeeding?.keyAndLine(.clientKey) == "NEXTCLIENTKEY (line 6)")
  }

  @Test("A configuration whose only secret is the next one holds a secret")
  func holdsSecret() throws {
    for (line, holds) in [("NEXTCLIENTSECRET = s", true), ("NEXTCLIENTSECRETFILE = /s", false)] {
      let configuration = try Sample.configuration(
        without: ["CLIENTSECRET"], adding: "CLIENTSECRETFILE = /first", line)
      #expect(configuration.holdsSecret == holds)
    }
  }

  @Test(
    "A next credential that is two, or half of one, or of no use, is refused",
    arguments: [
      (
        ["NEXTCLIENTSECRET = a", "NEXTCLIENTSECRETFILE = /b"],
        "line 6: NEXTCLIENTSECRETFILE is a second credential beside NEXTCLIENTSECRET; keep one"
      ),
      (
        ["NEXTCLIENTKEY = /k.pem"],
        "NEXTCLIENTCERTIFICATE is missing; add a line NEXTCLIENTCERTIFICATE = with the file of the "
          + "certificate that NEXTCLIENTKEY (line 5) belongs to"
      ),
      (
        [
          "NEXTCLIENTCERTIFICATE = c", "NEXTCLIENTKEYPASSWORD = p", "NEXTCLIENTKEYPASSWORDFILE = p",
        ],
        "line 7: NEXTCLIENTKEYPASSWORDFILE is a second password beside NEXTCLIENTKEYPASSWORD; keep "
          + "one"
      ),
      (
        ["NEXTCLIENTSECRET ="],
        "line 5: NEXTCLIENTSECRET is empty; put a value after it or remove "
          + "the line"
      ),
    ])
  func refuses(lines: [String], message: String) {
    #expect(Sample.refusal(of: Sample.text(adding: lines)) == "\(Sample.path): \(message)")
  }

  @Test(
    "Nothing comes next to a credential that nobody renews",
    arguments: ["FEDERATEDTOKENFILE = /t", "MANAGEDIDENTITY = \(Sample.otherGroup)"])
  func refusesBesides(line: String) {
    let text = Sample.text(without: ["CLIENTSECRET"], adding: [line, "NEXTCLIENTSECRET = s"])
    #expect(
      Sample.refusal(of: text)
        == "\(Sample.path): line 5: NEXTCLIENTSECRET is for a configuration with CLIENTSECRET, "
        + "CLIENTSECRETFILE or CLIENTCERTIFICATE; remove it")
  }

  @Test("A next credential alone is no credential")
  func needsFirst() {
    let text = Sample.text(without: ["CLIENTSECRET"], adding: ["NEXTCLIENTSECRET = s"])
    #expect(Sample.refusal(of: text)?.contains("CLIENTSECRET is missing; add a line") == true)
  }

  @Test("The next client secret is doubted as the first one is")
  func isDoubted() throws {
    let configuration = try Sample.configuration(adding: "NEXTCLIENTSECRET = \(Sample.group)")
    #expect(
      configuration.warnings
        == ["line 5: NEXTCLIENTSECRET looks like the secret's ID; it must be its Value"])
  }

  @Test(
    "SECRETEXPIRES is a day, or a time in UTC",
    arguments: [
      ("2027-03-31", 1_806_537_599), ("31.3.2027", 1_806_537_599), ("31.03.2027", 1_806_537_599),
      ("2027-03-31T00:00:00Z", 1_806_451_200), ("2027-03-31T14:05:09.1234567Z", 1_806_501_909),
      ("2027-03-31 14:05:09Z", 1_806_501_909), ("2028-02-29", 1_835_481_599),
    ] as [(String, Double)])
  func readsDate(text: String, time: Double) throws {
    let configuration = try Sample.configuration(adding: "SECRETEXPIRES = \(text)")
    #expect(configuration.secretEnd == time)
  }

  @Test(
    "A SECRETEXPIRES that may be two days, or is none, is refused with the form to write",
    arguments: [
      "3/31/2027", "31/3/2027", "03/04/2027", "2027-3-31", "2027-02-29", "2027-13-01", "2027-00-10",
      "2027-01-00", "0000-01-01", "27-03-31", "31.3.27", "2027-03-31T14:05", "2027-03-31T14:05:09",
      "2027-03-31T24:00:00Z", "2027-03-31T14:05:09+02:00", "2027-03-31T14:05:09.Z", "soon", "",
      "\u{FF12}\u{FF10}\u{FF12}\u{FF17}-03-31", "2027-03-31Z",
    ])
  func refusesDate(text: String) {
    #expect(
      Sample.refusal(of: Sample.text(adding: ["SECRETEXPIRES = \(text)"]))
        == "\(Sample.path): line 5: SECRETEXPIRES must be a date with the year first, such as "
        + "2027-03-31")
  }

  @Test("SECRETEXPIRES is refused beside a credential that is no secret")
  func refusesDateOfCertificate() {
    let text = Sample.text(
      without: ["CLIENTSECRET"],
      adding: ["CLIENTCERTIFICATE = /c.pem", "SECRETEXPIRES = 2027-03-31"])
    #expect(
      Sample.refusal(of: text)
        == "\(Sample.path): line 5: SECRETEXPIRES is for a client secret; remove it")
  }
}
