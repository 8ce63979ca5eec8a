/// What is said when Entra ID refuses a credential, and the next one is tried in its place.
///
/// Two client secrets, or two certificates, are valid at the same time while they are exchanged. A
/// configuration that names both goes on with the next one on the day on which the first one ends.
public enum NextCredential {
  /// Whether a sign-in was refused for its credential, so that another one may be accepted.
  ///
  /// - Parameter error: Why a sign-in has failed.
  /// - Returns: `false` for anything that another credential would not change, such as an unknown
  ///   tenant or a server without an answer.
  public static func mayHelp(after error: EntraSyncError) -> Bool {
    guard error.status == .authentication, let code = error.aadstsCode else { return false }
    return SignInFault(code: code)?.blamesCredential ?? false
  }

  /// What a person should know of a sign-in that only the next credential made possible.
  ///
  /// - Parameters:
  ///   - configuration: The configuration with both credentials.
  ///   - hasEnded: Whether the first one was refused because it has ended.
  /// - Returns: One sentence; `nil` for a configuration without a next credential.
  public static func warning(
    _ configuration: Configuration, hasEnded: Bool
  ) -> String? {
    guard let next = configuration.succeeding else { return nil }
    let keys = configuration.credentialKeys
    let end = hasEnded ? ", which has ended" : ""
    return "Entra ID refuses \(configuration.credentialNoun) of \(keys)\(end); "
      + "\(next.credentialKeys) was used; put it in the place of \(keys)"
  }

  /// The error of a sign-in for which no credential was accepted.
  ///
  /// - Parameters:
  ///   - failures: The configuration of each credential that was tried, and why it was refused, in
  ///     the order in which they were tried. There is at least one.
  ///   - last: The last failure, which ends the sign-in.
  /// - Returns: The last failure if there is only one, and otherwise that of the first credential,
  ///   with what became of the next one behind it.
  public static func error(
    _ failures: [(configuration: Configuration, error: EntraSyncError)],
    last: (configuration: Configuration, error: EntraSyncError)
  ) -> EntraSyncError {
    let all = (failures + [last]).sorted { !$0.configuration.usesNext && $1.configuration.usesNext }
    guard all.count > 1, let first = all.first, let next = all.last else { return last.error }
    // What is no refusal decides whether another run may succeed.
    guard mayHelp(after: last.error) || last.error.status == .configuration else {
      var error = last.error
      error.message +=
        "; Entra ID has refused \(failures.map(name).joined(separator: " and ")) before"
      return error
    }
    // A certificate that has ended is not asked about, so that there is no answer with a code.
    var error = first.error.httpStatus == nil ? next.error : first.error
    error.message =
      first.error.message + "; \(next.configuration.credentialKeys) does not help: "
      + next.error.message
    return error
  }

  private static func name(
    _ failure: (configuration: Configuration, error: EntraSyncError)
  ) -> String {
    let code = failure.error.aadstsCode.map { " (AADSTS\($0))" } ?? ""
    return failure.configuration.credentialKeys + code
  }

  /// Whether a credential was refused because it has ended.
  ///
  /// - Parameter refusal: Why a sign-in has failed.
  /// - Returns: `false` for a credential that is wrong, or was removed.
  public static func isOfEnd(_ refusal: EntraSyncError) -> Bool {
    guard let code = refusal.aadstsCode else { return refusal.status == .configuration }
    return [.expiredSecret, .expiredCertificate].contains(SignInFault(code: code))
  }
}

/// A first credential that Entra ID has refused, so that the next one is used.
public struct CredentialRefusal: Equatable, Sendable {
  /// What tokens of it would be bound to, by which it is known again.
  public let binding: TokenBinding
  /// Whether it was refused because it has ended.
  public let hasEnded: Bool

  /// Creates a refusal from its parts.
  public init(of binding: TokenBinding, hasEnded: Bool) {
    self.binding = binding
    self.hasEnded = hasEnded
  }
}

extension Configuration {
  /// What the credential is, for the middle of a sentence.
  public var credentialNoun: String {
    if case .certificate = credential { "the certificate" } else { "the client secret" }
  }
}
