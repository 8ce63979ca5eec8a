/// One of Microsoft's clouds, each with its own sign-in and Graph hosts.
///
/// Source: Microsoft Graph, national cloud deployments; Entra ID, national clouds.
public enum Cloud: String, Sendable, CaseIterable {
  /// The worldwide service, which GCC uses too.
  case global
  /// US Government, GCC High.
  case usgov
  /// US Government, Department of Defense.
  case dod
  /// China, operated by 21Vianet.
  case china

  /// The sign-in host, which issues tokens.
  public var loginURL: String {
    switch self {
    case .global: "https://login.microsoftonline.com"
    case .usgov, .dod: "https://login.microsoftonline.us"
    case .china: "https://login.partner.microsoftonline.cn"
    }
  }

  /// Graph's host, which is also the resource that tokens are asked for.
  public var graphURL: String {
    switch self {
    case .global: "https://graph.microsoft.com"
    case .usgov: "https://graph.microsoft.us"
    case .dod: "https://dod-graph.microsoft.us"
    case .china: "https://microsoftgraph.chinacloudapi.cn"
    }
  }

  /// Whether a host is Entra ID itself, and not a proxy in front of it.
  ///
  /// Source: MSAL, the well-known authority hosts and the regional ones.
  ///
  /// - Parameter host: A host in lower case.
  /// - Returns: `false` for any name that is not Microsoft's.
  static func isLoginHost(_ host: String) -> Bool {
    allCases.contains { $0.loginURL == "https://\(host)" } || otherLoginHosts.contains(host)
      || host.hasSuffix(".login.microsoft.com")
  }

  private static let otherLoginHosts: Set<String> = [
    "login.microsoft.com", "login.windows.net", "sts.windows.net", "login.chinacloudapi.cn",
    "login-us.microsoftonline.com", "login.usgovcloudapi.net",
  ]
}
