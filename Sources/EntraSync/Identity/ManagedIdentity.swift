/// Which of a machine's managed identities signs in: the value of MANAGEDIDENTITY.
///
/// Source: Microsoft Entra, "What are managed identities for Azure resources?".
public enum ManagedIdentity: Hashable, Sendable {
  /// The one that the machine itself has.
  case system
  /// The user-assigned one with this client id.
  case user(ObjectID)

  /// Reads the value of MANAGEDIDENTITY.
  ///
  /// - Parameter text: The word `system`, or a GUID.
  /// - Throws: ``Malformed``, without the value.
  init(_ text: String) throws(Malformed) {
    if text.lowercased() == "system" {
      self = .system
    } else if let id = ObjectID(text) {
      self = .user(id)
    } else {
      throw Malformed("must be system, or the Client ID of a user-assigned managed identity")
    }
  }

  /// The client id, if the configuration names it.
  public var clientID: ObjectID? {
    if case .user(let id) = self { id } else { nil }
  }

  /// What outlives all of its tokens, and tells it from other identities of the machine.
  public var name: String { clientID?.text ?? "system" }
}

extension ManagedIdentity {
  /// Compares a token with what was asked for. Azure may give that of another identity: on a
  /// virtual machine that has a user-assigned one alone, that may come for any.
  ///
  /// A token is opaque by contract, so that one which cannot be read is not compared.
  ///
  /// Source: Microsoft Entra, "Access token claims reference", `appid`, `azp` and `tid`.
  ///
  /// - Parameters:
  ///   - claims: The token's middle part; `nil` where it has none.
  ///   - configuration: The configuration whose MANAGEDIDENTITY this is.
  /// - Throws: `.authentication` for a token of another identity, or of another tenant than
  ///   TENANTID.
  public func check(_ claims: JSONValue?, of configuration: Configuration) throws(EntraSyncError) {
    let key = configuration.keyAndLine(.managedIdentity)
    let found = (claims?["appid"] ?? claims?["azp"])?.text.flatMap { ObjectID($0) }
    if let clientID, let found, found != clientID {
      throw EntraSyncError(
        .authentication,
        "this machine gave a token of the managed identity \(found.text) in place of the one of "
          + "\(key); assign that one to the machine in Azure, or correct \(key)")
    }
    // An application's own tenant may be another one than that of the identity.
    guard configuration.credential.isManagedIdentity, let tenant = ObjectID(configuration.tenant),
      let home = claims?["tid"]?.text.flatMap({ ObjectID($0) }), home != tenant
    else { return }
    throw EntraSyncError(
      .authentication,
      "the managed identity of this machine is in the tenant \(home.text), and reads no other; "
        + "correct or remove \(configuration.keyAndLine(.tenantID)), or sign in as an application "
        + "of that tenant")
  }

  /// The step of a check that says who has signed in, since permissions are given by object id.
  ///
  /// - Parameter claims: The token's middle part; `nil` where it has none.
  /// - Returns: `nil` for a token that does not tell.
  public static func step(_ claims: JSONValue?) -> CheckStep? {
    func id(_ name: String) -> String? { claims?[name]?.text.flatMap { ObjectID($0) }?.text }
    guard let object = id("oid"), let client = id("appid") ?? id("azp") else { return nil }
    return CheckStep(
      .credential, .passed,
      "the managed identity has the object id \(object) and the client id \(client)")
  }
}
