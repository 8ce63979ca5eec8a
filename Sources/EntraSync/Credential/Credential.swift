/// How the application proves to Entra ID who it is.
public enum Credential: Sendable {
  /// A client secret.
  case secret(Secret)
  /// The path of a file that holds the client secret alone.
  case secretFile(String)
  /// The paths of a certificate and its private key, and their password. Without a path of its own,
  /// the key is in the certificate's file.
  case certificate(certificate: String, key: String?, password: Password?)

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
    case .secretFile(let file): [file]
    case .certificate(let certificate, let key, .file(let password)):
      [certificate] + [key, password].compactMap(\.self)
    case .certificate(let certificate, let key, _): [certificate] + [key].compactMap(\.self)
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
  }
}
