/// A request for a token of a managed identity.
///
/// Source: Microsoft Entra, "How to use managed identities for Azure resources on an Azure VM to
/// acquire an access token"; Microsoft Azure, "Authenticate against Azure resources with Azure
/// Arc-enabled servers" and "Managed identities for App Service", REST endpoint reference.
public struct IdentityRequest: Sendable {
  /// The URL that is asked.
  public let url: String
  /// The lines of the head that the service wants, of which some hold a secret.
  public let headers: [Secret]

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - service: The service to ask.
  ///   - identity: Whose token is wanted.
  ///   - resource: For what the token is wanted.
  ///   - key: The content of the file that Azure Arc's challenge has named.
  public init(
    to service: IdentityService, as identity: ManagedIdentity, for resource: String,
    proving key: Secret? = nil
  ) {
    let client = identity.clientID.map { "&client_id=\($0.text)" } ?? ""
    url =
      "\(service.url)?api-version=\(service.kind.version)"
      + "&resource=\(PercentEncoding.encode(resource))\(client)"
    func line(_ name: String, _ value: Secret) -> Secret {
      value.withBytes { Secret(Array("\(name) ".utf8) + $0) }
    }
    headers =
      [Secret("Metadata: true".utf8)]
      + [
        service.header.map { line("X-IDENTITY-HEADER:", $0) },
        key.map { line("Authorization: Basic", $0) },
      ].compactMap(\.self)
  }
}

extension Configuration {
  /// For what a managed identity's token is asked: the resource of SCOPE or of the cloud's Graph,
  /// or, for an application's federated credential, the exchange of tokens.
  ///
  /// Source: Microsoft Entra, "Configure an application to trust a managed identity".
  public var identityResource: String {
    switch credential {
    case .federatedIdentity: exchangeAudience ?? ""
    case .secret, .secretFile, .certificate, .federatedToken, .managedIdentity:
      String(scope.dropLast("/.default".utf8.count))
    }
  }
}
