/// Who signs in, and how.
struct Principal {
  /// The tenant's GUID or verified domain; empty for a managed identity without TENANTID.
  let tenant: String
  /// The application's GUID, or that of the managed identity.
  let clientID: ObjectID
  /// What it proves itself by.
  let credential: Credential
}

extension ConfigurationValues {
  /// Who signs in: the application of CLIENTID, or a managed identity itself, which needs neither
  /// TENANTID nor CLIENTID.
  ///
  /// - Throws: `.configuration`, naming line and key.
  func principal() throws(EntraSyncError) -> Principal {
    if text.entries[.managedIdentity] != nil {
      let credential = try credential()
      if credential.isManagedIdentity {
        return Principal(
          tenant: try optional(.tenantID, parse: ValueSyntax.tenant) ?? "",
          clientID: credential.identity?.clientID ?? ObjectID(halves: (0, 0)),
          credential: credential)
      }
    }
    return Principal(
      tenant: try required(.tenantID, "the Directory (tenant) ID", parse: ValueSyntax.tenant),
      clientID: try required(.clientID, "the Application (client) ID", parse: ValueSyntax.objectID),
      credential: try credential())
  }

  /// What MANAGEDIDENTITY makes. With the CLIENTID of another application, the identity vouches for
  /// that one.
  func managedIdentity() throws(EntraSyncError) -> Credential {
    let identity = try required(
      .managedIdentity, "the credential", parse: ManagedIdentity.init)
    let application = try optional(.clientID, parse: ValueSyntax.objectID)
    guard let application, application != identity.clientID else {
      return .managedIdentity(identity)
    }
    guard let id = identity.clientID else {
      let line = text.entries[.managedIdentity]?.line ?? 0
      throw EntraSyncError(
        .configuration,
        "line \(line): MANAGEDIDENTITY = system cannot sign in for the application of CLIENTID; "
          + "remove CLIENTID to sign in as the machine itself, or put the Client ID of a "
          + "user-assigned managed identity into MANAGEDIDENTITY")
    }
    return .federatedIdentity(id)
  }

  /// Refuses a managed identity that vouches for an application in a cloud of which it is not known
  /// for whom its tokens have to be.
  ///
  /// - Parameters:
  ///   - credential: The credential.
  ///   - audience: For whom the tokens have to be; `nil` where that is not known.
  /// - Throws: `.configuration`, naming the line.
  func checkExchange(_ credential: Credential, audience: String?) throws(EntraSyncError) {
    guard case .federatedIdentity = credential, audience == nil else { return }
    let line = text.entries[.managedIdentity]?.line ?? 0
    throw EntraSyncError(
      .configuration,
      "line \(line): MANAGEDIDENTITY cannot sign in for the application of CLIENTID in this cloud; "
        + "use a certificate, or remove CLIENTID to sign in as the identity itself")
  }
}
