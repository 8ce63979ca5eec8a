import EntraSync

/// A file that a configuration's key names: a client secret, a certificate or a private key.
///
/// Messages name the key and not its value, since somebody may have put a secret there.
struct CredentialFile {
  /// The most bytes that the file may have.
  private static let limit = 65_536

  /// The bytes of the file.
  let content: Secret
  /// What a person should correct if the file is a secret, though it can be used.
  let warning: String?
  /// What messages call the file.
  let subject: String
  /// Whether it belongs to the next credential.
  private let isOfNext: Bool

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - key: The key that names the file.
  ///   - value: That key's value, a path relative to the configuration's folder.
  ///   - configuration: The configuration whose line the messages name.
  ///   - path: The configuration's file.
  /// - Throws: `.configuration` when it cannot be read.
  init(
    _ key: ConfigurationKey, at value: String, of configuration: Configuration, besides path: Path
  ) throws(EntraSyncError) {
    subject = "the file of \(configuration.keyAndLine(key))"
    isOfNext = configuration.usesNext
    do {
      let file = try RegularFile(
        path.sibling(Path(value)), within: configuration.reach, limit: CredentialFile.limit,
        system: SystemCalls())
      content = Secret(file.content)
      warning =
        file.isPublic
        ? "every user of this system can read \(subject), which is a secret; chmod 600 it" : nil
    } catch {
      throw EntraSyncError(
        .configuration, "\(subject) cannot be used: \(error.problem(of: configuration.reach))")
    }
  }

  /// Takes content that was read.
  init(content: Secret, subject: String, warning: String? = nil) {
    self.content = content
    self.subject = subject
    self.warning = warning
    isOfNext = false
  }

  /// The name of another key of the same credential.
  ///
  /// - Parameter key: The key of the first credential.
  /// - Returns: That key, or the next credential's.
  func name(_ key: ConfigurationKey) -> String { isOfNext ? "NEXT\(key.rawValue)" : key.rawValue }

  /// An error about the content of the file.
  ///
  /// - Parameter problem: The rest of a sentence that begins with the file.
  /// - Returns: `.configuration`.
  func refusal(_ problem: String) -> EntraSyncError {
    EntraSyncError(.configuration, "\(subject) \(problem)")
  }
}

extension CredentialFile {
  /// The client secret in the file, without white space around it, and doubts about it.
  ///
  /// - Throws: `.configuration` if the file is empty, is not text, or has more than one line.
  /// - Returns: The client secret, and a line for each doubt.
  func secret() throws(EntraSyncError) -> (value: Secret, doubts: [String]) {
    let text = try line(of: "the client secret's Value")
    return (Secret(text.utf8), ClientSecretDoubt.reasons(text).map { "\(subject) \($0)" })
  }

  /// The token of another issuer in the file, without white space around it.
  ///
  /// - Throws: `.configuration` for anything but a JSON Web Token.
  /// - Returns: The token.
  func federatedToken() throws(EntraSyncError) -> Secret {
    let text = try line(of: "a token of another issuer")
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3,
      parts.allSatisfy({ !$0.isEmpty && [UInt8](base64URL: Array($0)) != nil })
    else {
      throw refusal(
        "holds no JSON Web Token, which is three parts in base64url with dots between them")
    }
    return Secret(text.utf8)
  }

  /// The only line of the file, without white space around it.
  ///
  /// - Parameter content: What messages call the line.
  /// - Throws: `.configuration` if the file is empty, is not text, or has more than one line.
  /// - Returns: The line.
  func line(of content: String) throws(EntraSyncError) -> String {
    guard let text = String(plainText: self.content.withBytes(Array.init)) else {
      throw refusal("is not UTF-8 text; save it as plain text")
    }
    let line = text.trimmed
    guard !line.isEmpty else { throw refusal("is empty; put \(content) into it") }
    guard line.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
      throw refusal("has more than one line; it must hold \(content) alone")
    }
    return line
  }
}
