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

  /// Where tokens come from.
  public var loginURL: String {
    switch self {
    case .global: "https://login.microsoftonline.com"
    case .usgov, .dod: "https://login.microsoftonline.us"
    case .china: "https://login.partner.microsoftonline.cn"
    }
  }

  /// Where Graph is, and the resource that tokens are asked for.
  public var graphURL: String {
    switch self {
    case .global: "https://graph.microsoft.com"
    case .usgov: "https://graph.microsoft.us"
    case .dod: "https://dod-graph.microsoft.us"
    case .china: "https://microsoftgraph.chinacloudapi.cn"
    }
  }
}
