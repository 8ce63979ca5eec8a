/// Where a configuration signs in, whom it asks, and what for.
///
/// LOGINURL and GRAPHURL may be Microsoft's own hosts, or proxies in front of them. A token is for
/// Graph under its own name in any case: the one that GRAPHURL has, or else that of the cloud. A
/// cloud that nobody knows needs SCOPE.
struct CloudChoice {
  /// Where Entra ID is.
  let login: Endpoint
  /// Where Graph is.
  let graph: Endpoint
  /// The scope that a token is asked for.
  let scope: String
  /// The audience of a client assertion, without the token endpoint's path.
  let authority: String
  /// The audience of tokens that are exchanged for those of an application; `nil` where none is
  /// known.
  let exchangeAudience: String?
  /// What a person should correct, if the keys name hosts of two clouds, or SCOPE that of none.
  let warning: String?

  /// Reads the keys CLOUD, LOGINURL, GRAPHURL and SCOPE.
  ///
  /// - Parameters:
  ///   - values: The values of the file.
  ///   - lines: The line of each key.
  /// - Throws: `.configuration`, naming line and key.
  init(
    _ values: ConfigurationValues, lines: [ConfigurationKey: Int]
  ) throws(EntraSyncError) {
    let named: Cloud? = try values.optional(.cloud, parse: ValueSyntax.choice)
    let login = try values.optional(.loginURL, parse: ValueSyntax.endpoint)
    let graph = try values.optional(.graphURL, parse: ValueSyntax.endpoint)
    let scope = try values.optional(.scope, parse: Scope.init)

    let graphCloud = graph.flatMap { Cloud.cloud(ofGraphAt: $0.host) }
    let loginClouds = login.map { Cloud.clouds(signingInAt: $0.host) } ?? []
    let known = named ?? graphCloud ?? scope?.cloud ?? loginClouds.first
    let cloud = known ?? .global
    self.login = try values.value(
      .loginURL, default: cloud.loginURL, parse: ValueSyntax.endpoint)
    self.graph = try values.value(
      .graphURL, default: cloud.graphURL, parse: ValueSyntax.endpoint)
    self.scope = scope?.text ?? (graphCloud ?? cloud).scope
    authority = CloudChoice.authority(
      self.login, cloud: cloud, isProxy: known != nil || scope == nil)
    exchangeAudience = known == nil && scope != nil ? nil : cloud.exchangeAudience
    let conflict = CloudChoice.conflict(
      [
        (.cloud, named.map { [$0] } ?? []), (.loginURL, loginClouds),
        (.graphURL, graphCloud.map { [$0] } ?? []), (.scope, scope?.cloud.map { [$0] } ?? []),
      ], lines: lines)
    let isGuess = known == nil && login == nil && graph == nil
    warning = conflict ?? (isGuess ? lines[.scope].map(CloudChoice.guess) : nil)
  }

  /// Entra ID's own name: that of LOGINURL if it is one, or if the cloud is one that is not known.
  ///
  /// A proxy's name is no audience, since Entra ID would refuse it.
  private static func authority(_ login: Endpoint, cloud: Cloud, isProxy: Bool) -> String {
    let isHost = login.scheme == "https" && login.port == nil && login.path.isEmpty
    return isHost && (Cloud.isLoginHost(login.host) || !isProxy) ? login.origin : cloud.loginURL
  }

  /// Says which two keys cannot both be right, since a token of one cloud is not valid in another.
  private static func conflict(
    _ named: [(key: ConfigurationKey, clouds: [Cloud])], lines: [ConfigurationKey: Int]
  ) -> String? {
    let named = named.filter { !$0.clouds.isEmpty }
    for (index, one) in named.enumerated() {
      for other in named.dropFirst(index + 1)
      where !other.clouds.contains(where: one.clouds.contains) {
        guard let line = lines[other.key], let earlier = lines[one.key] else { continue }
        return "line \(line): \(other.key.rawValue) is of the cloud \(words(other.clouds)), but "
          + "\(one.key.rawValue) (line \(earlier)) is of \(words(one.clouds)); a token of one cloud "
          + "is not valid in another, so correct one of them"
      }
    }
    return nil
  }

  /// Says that SCOPE alone does not tell where to sign in.
  private static func guess(line: Int) -> String {
    "line \(line): SCOPE is of no cloud that is known here, so the sign-in goes to the global one; "
      + "set LOGINURL and GRAPHURL too, or correct SCOPE"
  }

  private static func words(_ clouds: [Cloud]) -> String {
    clouds.map(\.rawValue).joined(separator: " or ")
  }
}
