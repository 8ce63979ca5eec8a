import EntraSync

/// The password of a private key's or certificate's file.
struct KeyPassword {
  /// The password.
  let value: Secret
  /// The key and line that have it or name its file.
  let keyAndLine: String
  /// What a person should correct, though the password can be used.
  let warning: String?

  /// Takes a password, or reads its file.
  ///
  /// - Parameters:
  ///   - password: The password or the path of its file.
  ///   - configuration: The configuration whose line the messages name.
  ///   - path: The configuration's file.
  /// - Throws: `.configuration` for a file that cannot be used.
  init(
    _ password: Credential.Password, of configuration: Configuration, besides path: Path
  ) throws(EntraSyncError) {
    switch password {
    case .text(let text):
      value = text
      keyAndLine = configuration.keyAndLine(.clientKeyPassword)
      warning = nil
    case .file(let name):
      let file = try CredentialFile(
        .clientKeyPasswordFile, at: name, of: configuration, besides: path)
      value = Secret(try file.line(of: "the password").utf8)
      keyAndLine = configuration.keyAndLine(.clientKeyPasswordFile)
      warning = file.warning
    }
  }

  /// Takes a password that is known.
  init(value: Secret, keyAndLine: String) {
    self.value = value
    self.keyAndLine = keyAndLine
    warning = nil
  }

  /// The warning when nothing was encrypted.
  var isNotNeeded: String {
    "\(keyAndLine) is not needed, since nothing in the certificate's and the key's file is encrypted; "
      + "remove it"
  }
}
