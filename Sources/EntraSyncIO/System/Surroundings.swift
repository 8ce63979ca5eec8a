import CSystem
import EntraSync
import Glibc

/// What the process finds around it that tells where this machine's managed identities are.
struct Surroundings: Sendable {
  /// A file that every server has which Azure Arc's agent manages.
  private static let arcAgent = "/opt/azcmagent/bin/himds"

  /// Says what a variable of the environment has; `nil` for none.
  var environment: @Sendable (String) -> String?
  /// Says whether the agent of Azure Arc is installed here.
  var hasArcAgent: @Sendable () -> Bool
  /// The folder of the keys of Azure Arc's agent.
  var keyFolder = Path(ArcChallenge.folder)

  /// The process's own. In a program that has more rights than whoever has started it, such as one
  /// with the setuid bit, there are no variables.
  static let actual = Surroundings(
    environment: { name in shim_environment(name).map { String(cString: $0) } },
    hasArcAgent: { access(arcAgent, F_OK) == 0 })

  /// The service of this machine that a configuration's managed identity is asked of.
  ///
  /// - Parameter configuration: The configuration, which must not be anybody else's: the identity
  ///   is the machine's.
  /// - Throws: `.configuration` if it may not be used, or if no service is known here.
  /// - Returns: The service.
  func identityService(for configuration: Configuration) throws(EntraSyncError) -> IdentityService {
    if let refusal = configuration.reach.identityRefusal {
      throw EntraSyncError(
        .configuration,
        "\(configuration.keyAndLine(.managedIdentity)) cannot be used: \(refusal)")
    }
    return try IdentityService(
      environment: environment, hasArcAgent: hasArcAgent(), of: configuration)
  }
}
