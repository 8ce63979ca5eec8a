import Testing

@testable import EntraSync

@Suite("Which managed identity signs in")
struct ManagedIdentityTests {
  static let identity = "1d000000-0000-4000-8000-000000000002"
  static let other = "1d000000-0000-4000-8000-000000000003"

  /// A configuration with MANAGEDIDENTITY alone, and without its keys of an application.
  static func configuration(
    _ value: String = "system", without missing: Set<String> = ["TENANTID", "CLIENTID"],
    adding lines: String...
  ) throws(EntraSyncError) -> Configuration {
    let text = Sample.text(
      without: missing.union(["CLIENTSECRET"]),
      adding: ["MANAGEDIDENTITY = \(value)"] + lines)
    return try Configuration(Array(text.utf8), path: Sample.path)
  }

  static func refusal(_ value: String, without missing: Set<String> = [], adding lines: String...)
    -> String?
  {
    Sample.refusal(
      of: Sample.text(
        without: missing.union(["CLIENTSECRET"]), adding: ["MANAGEDIDENTITY = \(value)"] + lines))
  }

  @Test("The machine's own identity needs neither a tenant nor an application")
  func system() throws {
    for word in ["system", "System", "\"SYSTEM\""] {
      let configuration = try Self.configuration(word)
      #expect(configuration.credential.identity == .system)
      #expect(configuration.credential.isManagedIdentity)
      #expect(configuration.tenant.isEmpty)
      #expect(!configuration.holdsSecret)
      #expect(configuration.credential.files.isEmpty)
      #expect(configuration.identityResource == "https://graph.microsoft.com")
    }
  }

  @Test("A user-assigned identity is named by its client id, which CLIENTID may repeat")
  func user() throws {
    let id = try #require(ObjectID(Self.identity))
    let alone = try Self.configuration(Self.identity)
    #expect(alone.credential.identity == .user(id))
    #expect(alone.credential.isManagedIdentity)
    #expect(alone.clientID == id)
    let repeated = try Self.configuration(
      Self.identity.uppercased(), adding: "CLIENTID = \(Self.identity)")
    #expect(repeated.credential.isManagedIdentity)
  }

  @Test("With another application's CLIENTID and TENANTID the identity vouches for that one")
  func application() throws {
    let configuration = try Self.configuration(Self.identity, without: [])
    guard case .federatedIdentity(let id) = configuration.credential else {
      Issue.record("\(configuration.credential)")
      return
    }
    #expect(id.text == Self.identity)
    #expect(configuration.clientID.text == Sample.client)
    #expect(configuration.tenant == Sample.tenant)
    #expect(configuration.identityResource == "api://AzureADTokenExchange")
    #expect(!configuration.credential.isManagedIdentity)
  }

  @Test(
    "The audience of an exchange is that of the cloud",
    arguments: [
      ("usgov", "USGov"), ("dod", "USGov"), ("china", "China"), ("bleu", "France"),
      ("delos", "Germany"), ("global", ""),
    ])
  func audience(cloud: String, ending: String) throws {
    let configuration = try Self.configuration(
      Self.identity, without: [], adding: "CLOUD = \(cloud)")
    #expect(configuration.identityResource == "api://AzureADTokenExchange\(ending)")
  }

  @Test("An identity cannot vouch for an application where nobody knows the audience")
  func unknownAudience() throws {
    let advice =
      "\(Sample.path): line 4: MANAGEDIDENTITY cannot sign in for the application of CLIENTID in "
      + "this cloud; use a certificate, or remove CLIENTID to sign in as the identity itself"
    #expect(Self.refusal(Self.identity, adding: "CLOUD = govsg") == advice)
    #expect(
      Self.refusal(
        Self.identity, adding: "SCOPE = https://graph.example/.default",
        "LOGINURL = https://login.example", "GRAPHURL = https://graph.example") == advice)
    let alone = try Self.configuration(Self.identity, adding: "CLOUD = govsg")
    #expect(alone.identityResource == "https://graph.svc.sovcloud.sg")
  }

  @Test("The machine's own identity cannot vouch for an application")
  func systemForApplication() {
    #expect(
      Self.refusal("system")
        == "\(Sample.path): line 4: MANAGEDIDENTITY = system cannot sign in for the application of "
        + "CLIENTID; remove CLIENTID to sign in as the machine itself, or put the Client ID of a "
        + "user-assigned managed identity into MANAGEDIDENTITY")
  }

  @Test("An identity that vouches for an application needs its tenant")
  func tenantOfApplication() {
    #expect(
      Self.refusal(Self.identity, without: ["TENANTID"])
        == "\(Sample.path): TENANTID is missing; add a line TENANTID = with the Directory (tenant) ID"
    )
  }

  @Test("MANAGEDIDENTITY is a word or a GUID", arguments: ["", "yes", "user", "1d000000"])
  func malformed(value: String) {
    #expect(
      Self.refusal(value, without: ["TENANTID", "CLIENTID"])
        == "\(Sample.path): line 2: MANAGEDIDENTITY must be system, or the Client ID of a "
        + "user-assigned managed identity")
  }

  @Test(
    "There is one credential",
    arguments: [
      ("MANAGEDIDENTITY = system", "MANAGEDIDENTITY", "CLIENTSECRET"),
      ("FEDERATEDTOKENFILE = token", "FEDERATEDTOKENFILE", "CLIENTSECRET"),
    ])
  func one(line: String, second: String, first: String) {
    #expect(
      Sample.refusal(of: Sample.text(adding: [line]))
        == "\(Sample.path): line 5: \(second) is a second credential beside \(first); keep one")
    #expect(
      Self.refusal("system", adding: "FEDERATEDTOKENFILE = token")
        == "\(Sample.path): line 4: MANAGEDIDENTITY is a second credential beside "
        + "FEDERATEDTOKENFILE; keep one")
  }

  @Test("A token of another identity or of another tenant is refused")
  func checks() throws {
    func refusal(_ configuration: Configuration, _ claims: [String: JSONValue]?) -> String? {
      do throws(EntraSyncError) {
        try configuration.credential.identity?.check(claims.map { .object($0) }, of: configuration)
        return nil
      } catch {
        #expect(error.status == .authentication)
        return error.message
      }
    }
    let user = try Self.configuration(Self.identity)
    #expect(refusal(user, ["appid": .string(Self.identity)]) == nil)
    #expect(refusal(user, ["azp": .string(Self.identity.uppercased())]) == nil)
    #expect(refusal(user, [:]) == nil)
    #expect(refusal(user, nil) == nil)
    #expect(
      refusal(user, ["appid": .string(Self.other)])
        == "this machine gave a token of the managed identity \(Self.other) in place of the one of "
        + "MANAGEDIDENTITY (line 2); assign that one to the machine in Azure, or correct "
        + "MANAGEDIDENTITY (line 2)")
    let vouching = try Self.configuration(Self.identity, without: [])
    #expect(refusal(vouching, ["appid": .string(Self.other)]) != nil)
    // The application may be in another tenant than the identity.
    #expect(refusal(vouching, ["tid": .string(Self.other)]) == nil)

    let system = try Self.configuration(without: ["CLIENTID"])
    #expect(refusal(system, ["appid": .string(Self.other)]) == nil)
    #expect(refusal(system, ["tid": .string(Sample.tenant)]) == nil)
    #expect(
      refusal(system, ["tid": .string(Self.other)])
        == "the managed identity of this machine is in the tenant \(Self.other), and reads no "
        + "other; correct or remove TENANTID (line 1), or sign in as an application of that tenant")
    let domain = try Self.configuration(adding: "TENANTID = contoso.onmicrosoft.com")
    #expect(refusal(domain, ["tid": .string(Self.other)]) == nil)
  }

  @Test("A check names the identity by the ids that a permission is given by")
  func step() {
    let step = ManagedIdentity.step(
      .object(["oid": .string(Self.other), "appid": .string(Self.identity)]))
    #expect(step?.subject == .credential)
    #expect(step?.outcome == .passed)
    #expect(
      step?.text
        == "the managed identity has the object id \(Self.other) and the client id \(Self.identity)"
    )
    #expect(ManagedIdentity.step(nil) == nil)
    #expect(
      ManagedIdentity.step(.object(["oid": .string("<b>"), "appid": .string(Self.other)])) == nil)
  }

  @Test("A configuration of others may not use the machine's identity")
  func reach() {
    let refusal = Reach(of: .user(33), home: nil).identityRefusal
    #expect(
      refusal
        == "user id 33 can change or replace this configuration, and would have the powers of this "
        + "machine's managed identity by it; let nobody but root write it and its folders")
    #expect(Reach(of: .several, home: nil).identityRefusal?.hasPrefix("other users can") == true)
    #expect(Reach.anywhere.identityRefusal == nil)
  }
}
