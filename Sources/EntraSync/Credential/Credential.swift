/// How the application proves to Entra ID who it is.
public enum Credential: Sendable {
  /// A client secret.
  case secret(Secret)
  /// The path of a file that holds the client secret alone.
  case secretFile(String)
  /// The paths of a certificate and its private key, and their password. Without a path of its own,
  /// the key is in the certificate's file.
  case certificate(certificate: String, key: String?, password: Password?)
  /// The path of a file that holds a token of another issuer, which whoever issues it renews.
  case federatedToken(String)
  /// A managed identity of this machine signs in itself, so that there is no application.
  case managedIdentity(ManagedIdentity)
  /// The user-assigned managed identity of this machine with this client id vouches for the
  /// application, which has a federated credential for it.
  case federatedIdentity(ObjectID)

  /// The password of encrypted files.
  public enum Password: Sendable {
    /// The password itself.
    case text(Secret)
    /// The path of a file that holds the password alone.
    case file(String)
  }

  /// The paths of the files that hold it, as the configuration names them.
  public var files: [String] {
    switch self {
    case .secret: []
    case .managedIdentity, .federatedIdentity: []
    case .secretFile(let file), .federatedToken(let file): [file]
    case .certificate(let certificate, let key, .file(let password)):
      [certificate] + [key, password].compactMap(\.self)
    case .certificate(let certificate, let key, _): [certificate] + [key].compactMap(\.self)
    }
  }

  /// Whether a managed identity signs in itself.
  public var isManagedIdentity: Bool {
    if case .managedIdentity = self { true } else { false }
  }

  /// The managed identity of this machine that it needs; `nil` for any other credential.
  public var identity: ManagedIdentity? {
    switch self {
    case .managedIdentity(let identity): identity
    case .federatedIdentity(let id): .user(id)
    case .secret, .secretFile, .certificate, .federatedToken: nil
    }
  }

  /// Whether it ends, so that another one has to take its place: a client secret or a certificate.
  var isRotated: Bool {
    switch self {
    case .secret, .secretFile, .certificate: true
    case .federatedToken, .managedIdentity, .federatedIdentity: false
    }
  }

  /// Whether the configuration itself holds a secret of it.
  var isInConfiguration: Bool {
    switch self {
    case .secret, .certificate(_, _, .text): true
    case .secretFile, .certificate, .federatedToken, .managedIdentity, .federatedIdentity: false
    }
  }

  /// The key that names the file of the private key.
  public var keyName: ConfigurationKey {
    if case .certificate(_, .none, _) = self { .clientCertificate } else { .clientKey }
  }

  /// The kinds of credential that a configuration's keys can name.
  enum Kind {
    /// A client secret in the configuration itself.
    case secret
    /// A client secret in a file.
    case secretFile
    /// A certificate and its private key.
    case certificate
    /// A token of another issuer in a file.
    case federatedToken
    /// A managed identity of this machine.
    case managedIdentity
  }
}
