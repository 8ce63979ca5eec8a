/// How the application proves to Entra ID who it is.
public enum Credential: Sendable {
  /// A client secret.
  case secret(Secret)
  /// The path of a file that holds the client secret alone.
  case secretFile(String)
  /// The paths of a certificate and its private key, both PEM.
  case certificate(certificate: String, key: String)

  /// The paths of the files that hold it, as the configuration names them.
  public var files: [String] {
    switch self {
    case .secret: []
    case .secretFile(let file): [file]
    case .certificate(let certificate, let key): [certificate, key]
    }
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
