/// The service of this machine that issues tokens of its managed identities.
///
/// Source: MSAL, "Managed identity", whose order this is (`msal/managed_identity.py` of MSAL
/// Python, `managedidentity.go` of MSAL Go); Microsoft Entra, "How to use managed identities for
/// Azure resources on an Azure VM to acquire an access token".
public struct IdentityService: Sendable {
  /// What runs the service.
  public enum Kind: Sendable, Equatable {
    /// A virtual machine in Azure, which has the Instance Metadata Service (IMDS).
    case virtualMachine
    /// A server elsewhere that the agent of Azure Arc manages.
    case arc
    /// App Service, and what has its protocol: Functions, Container Apps, Automation.
    case appService

    /// The name of such a machine in a message.
    var name: String {
      switch self {
      case .virtualMachine: "an Azure VM"
      case .arc: "Azure Arc"
      case .appService: "App Service"
      }
    }

    /// The version of the protocol.
    var version: String {
      switch self {
      case .virtualMachine: "2018-02-01"
      case .arc: "2020-06-01"
      case .appService: "2019-08-01"
      }
    }
  }

  /// What runs it.
  public let kind: Kind
  /// The scheme, host and port that it answers at.
  public let origin: String
  /// The URL that is asked, without a query.
  let url: String
  /// What App Service wants to see, so that no other process of the machine can ask.
  public let header: Secret?

  /// The path of the token service on a virtual machine and with Azure Arc.
  static let path = "/metadata/identity/oauth2/token"
  /// Where IMDS is on every virtual machine of Azure.
  static let metadataHost = "http://169.254.169.254"
  /// Where the agent of Azure Arc is.
  static let arcHost = "http://127.0.0.1:40342"

  /// Finds the service of this machine.
  ///
  /// - Parameters:
  ///   - environment: Says what a variable of the environment has; `nil` for none.
  ///   - hasArcAgent: Whether the agent of Azure Arc is installed here.
  ///   - configuration: The configuration whose MANAGEDIDENTITY the messages name.
  /// - Throws: `.configuration` for a service that is not known here, or that would not be on this
  ///   machine.
  public init(
    environment: (String) -> String?, hasArcAgent: Bool, of configuration: Configuration
  ) throws(EntraSyncError) {
    func value(_ name: String) -> String? { environment(name).flatMap { $0.isEmpty ? nil : $0 } }
    let key = configuration.keyAndLine(.managedIdentity)
    let endpoint = value("IDENTITY_ENDPOINT")
    if let endpoint, let header = value("IDENTITY_HEADER") {
      guard value("IDENTITY_SERVER_THUMBPRINT") == nil else {
        throw IdentityService.unknown("Service Fabric", key)
      }
      guard Token.isWellFormed(header.utf8) else {
        throw EntraSyncError(
          .configuration,
          "\(key): IDENTITY_HEADER in the environment has a space or a character that no header "
            + "may hold; leave it as App Service has set it")
      }
      try self.init(.appService, "IDENTITY_ENDPOINT", endpoint, header: Secret(header.utf8), key)
    } else if value("MSI_ENDPOINT") != nil {
      throw IdentityService.unknown("Cloud Shell or Azure Machine Learning", key)
    } else if let endpoint, value("IMDS_ENDPOINT") != nil {
      try self.init(.arc, "IDENTITY_ENDPOINT", endpoint, key)
    } else if hasArcAgent {
      self.init(.arc, origin: IdentityService.arcHost, path: IdentityService.path)
    } else if let host = value("AZURE_POD_IDENTITY_AUTHORITY_HOST") {
      let name = "AZURE_POD_IDENTITY_AUTHORITY_HOST"
      let found = try IdentityService.endpoint(host, name, mayBeLinkLocal: true, key)
      self.init(.virtualMachine, origin: found.origin, path: found.path + IdentityService.path)
    } else {
      self.init(
        .virtualMachine, origin: IdentityService.metadataHost, path: IdentityService.path)
    }
  }

  private init(_ kind: Kind, origin: String, path: String, header: Secret? = nil) {
    self.kind = kind
    self.origin = origin
    url = origin + path
    self.header = header
  }

  /// Takes a whole URL from the environment.
  private init(
    _ kind: Kind, _ name: String, _ text: String, header: Secret? = nil, _ key: String
  ) throws(EntraSyncError) {
    let found = try IdentityService.endpoint(text, name, mayBeLinkLocal: kind != .arc, key)
    // A slash at its end is a part of App Service's path.
    let slash = text.hasSuffix("/") ? "/" : ""
    self.init(kind, origin: found.origin, path: found.path + slash, header: header)
  }

  /// Reads a URL, and refuses one that leads away from this machine: whoever answers there would
  /// learn the key of Azure Arc, and could give tokens of anybody.
  private static func endpoint(
    _ text: String, _ name: String, mayBeLinkLocal: Bool, _ key: String
  ) throws(EntraSyncError) -> Endpoint {
    if let endpoint = Endpoint(onThisMachine: text),
      endpoint.isLoopback || mayBeLinkLocal
    {
      return endpoint
    }
    let bounds = mayBeLinkLocal ? "a loopback or link-local address" : "a loopback address"
    throw EntraSyncError(
      .configuration,
      "\(key): \(name) in the environment is not an http URL of \(bounds), so that it is not asked; "
        + "remove it from the environment, or correct it")
  }

  private static func unknown(_ service: String, _ key: String) -> EntraSyncError {
    EntraSyncError(
      .configuration,
      "\(key): the environment is that of \(service), whose managed identities are not supported; "
        + "use an Azure VM, Azure Arc or App Service, or another credential")
  }
}
