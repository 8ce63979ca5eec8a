import EntraSync

/// What is kept of a credential after a sign-in. A private key is not.
struct UsedCredential {
  /// The configuration that it is of: the one with the next credential if that was used.
  let configuration: Configuration
  /// When it ends, as far as it or the configuration says that.
  let end: CredentialEnd?
  /// The client secret, if it is one, which Graph can tell the end of.
  let secret: Secret?
  /// What tokens of it are bound to; `nil` if that could not be made.
  let binding: TokenBinding?

  /// Keeps what is needed of a credential.
  ///
  /// - Parameters:
  ///   - credential: The credential.
  ///   - configuration: The configuration that it is of.
  init(_ credential: LoadedCredential, of configuration: Configuration) {
    self.configuration = configuration
    end = credential.end(of: configuration)
    secret = credential.secret
    binding = credential.binding(of: configuration)
  }
}
