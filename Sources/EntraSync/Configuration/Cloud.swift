/// One of Microsoft's clouds, each with its own sign-in and Graph hosts.
///
/// A case has the name that CLOUD gives it. The clouds of the United States' intelligence services
/// are in none of the lists that are named here. LOGINURL, GRAPHURL and SCOPE reach them.
public enum Cloud: String, Sendable, CaseIterable {
  /// The worldwide service, which GCC uses too.
  case global
  /// US Government, GCC High.
  case usgov
  /// US Government, Department of Defense.
  case dod
  /// China, operated by 21Vianet.
  case china
  /// France, operated by Bleu.
  case bleu
  /// Germany, operated by Delos Cloud.
  case delos
  /// Singapore's government.
  case govsg

  /// The hosts of one cloud.
  struct Hosts {
    /// The sign-in host, which issues tokens.
    let login: String
    /// Other names of the sign-in host.
    var aliases: [String] = []
    /// Graph's host, which is also the resource that tokens are asked for.
    let graph: String
  }

  /// The table of all hosts.
  ///
  /// Source: for sign-in hosts, MSAL's well-known authority hosts (`msal/authority.py` of MSAL
  /// Python 1.39, `KnownMetadataProvider.cs` of MSAL.NET). For Graph's hosts, Microsoft Graph,
  /// "National cloud deployments", and, for the last three, `Get-MgEnvironment` of the Microsoft
  /// Graph PowerShell SDK.
  var hosts: Hosts {
    switch self {
    case .global:
      Hosts(
        login: "login.microsoftonline.com",
        aliases: ["login.microsoft.com", "login.windows.net", "sts.windows.net"],
        graph: "graph.microsoft.com")
    case .usgov:
      Hosts(
        login: "login.microsoftonline.us", aliases: ["login.usgovcloudapi.net"],
        graph: "graph.microsoft.us")
    case .dod:
      Hosts(
        login: "login.microsoftonline.us", aliases: ["login.usgovcloudapi.net"],
        graph: "dod-graph.microsoft.us")
    case .china:
      Hosts(
        login: "login.partner.microsoftonline.cn", aliases: ["login.chinacloudapi.cn"],
        graph: "microsoftgraph.chinacloudapi.cn")
    case .bleu: Hosts(login: "login.sovcloud-identity.fr", graph: "graph.svc.sovcloud.fr")
    case .delos: Hosts(login: "login.sovcloud-identity.de", graph: "graph.svc.sovcloud.de")
    case .govsg: Hosts(login: "login.sovcloud-identity.sg", graph: "graph.svc.sovcloud.sg")
    }
  }

  /// The sign-in host, which issues tokens.
  public var loginURL: String { "https://\(hosts.login)" }

  /// Graph's host, which is also the resource that tokens are asked for.
  public var graphURL: String { "https://\(hosts.graph)" }

  /// The scope of tokens for this cloud's Graph.
  var scope: String { "\(graphURL)/.default" }

  /// The audience of tokens that are exchanged for those of an application; `nil` where none is
  /// known.
  ///
  /// Source: Microsoft Entra, "Configure an application to trust a managed identity";
  /// `KnownCloudConfiguration` of MSAL.NET.
  var exchangeAudience: String? {
    switch self {
    case .global: "api://AzureADTokenExchange"
    case .usgov, .dod: "api://AzureADTokenExchangeUSGov"
    case .china: "api://AzureADTokenExchangeChina"
    case .bleu: "api://AzureADTokenExchangeFrance"
    case .delos: "api://AzureADTokenExchangeGermany"
    case .govsg: nil
    }
  }

  /// A sign-in host that MSAL knows, of which Microsoft's pages do not agree whose it is.
  private static let sharedLoginHost = "login-us.microsoftonline.com"

  /// Whether a host is Entra ID itself, and not a proxy in front of it.
  ///
  /// - Parameter host: A host in lower case.
  /// - Returns: `false` for any name that is not Microsoft's.
  static func isLoginHost(_ host: String) -> Bool {
    host == sharedLoginHost || !clouds(signingInAt: host).isEmpty
  }

  /// The clouds that sign in at a host or at one of its regions, such as
  /// `westeurope.login.microsoft.com`.
  ///
  /// - Parameter host: A host in lower case.
  /// - Returns: The two clouds of the US Government for their common host; none for a name that is
  ///   not Microsoft's.
  static func clouds(signingInAt host: String) -> [Cloud] {
    allCases.filter { cloud in
      ([cloud.hosts.login] + cloud.hosts.aliases).contains { Cloud.covers($0, host) }
    }
  }

  /// The cloud whose Graph a host is.
  ///
  /// - Parameter host: A host in lower case.
  /// - Returns: `nil` for a name that is not Graph's own.
  static func cloud(ofGraphAt host: String) -> Cloud? {
    allCases.first { Cloud.covers($0.hosts.graph, host) }
  }

  /// Whether a host has a name, or is below it.
  private static func covers(_ name: String, _ host: String) -> Bool {
    host == name || host.hasSuffix(".\(name)")
  }
}
