import EntraSync

/// The files that a configuration is made of.
enum ConfigurationFile {
  /// The most bytes that a configuration or a secret's file may have.
  private static let limit = 65_536

  /// Reads and checks an `.entraidconf` file.
  ///
  /// - Parameter path: The file.
  /// - Throws: `.file` when it cannot be read, `.configuration` naming file, line and key.
  /// - Returns: The configuration.
  static func read(_ path: Path) throws(EntraSyncError) -> Configuration {
    let file: RegularFile
    do {
      file = try RegularFile(path, limit: limit, system: SystemCalls())
    } catch {
      throw EntraSyncError(.file, error.readingProblem).about(path.text)
    }
    return try Configuration(file.content, path: path.text)
  }

  /// Reads the client secret that a configuration names.
  ///
  /// Messages name the key and not its value, which may be a secret that was put in the wrong place.
  ///
  /// - Parameters:
  ///   - secretPath: The value of CLIENTSECRETFILE, relative to the configuration's folder.
  ///   - configuration: Whose key the messages name.
  ///   - path: The configuration's file.
  /// - Throws: `.configuration` when it cannot be read or holds anything but one word.
  /// - Returns: The secret without white space around it.
  static func secret(
    at secretPath: String, of configuration: Configuration, besides path: Path
  ) throws(EntraSyncError) -> Secret {
    let place = "the file of \(configuration.place(of: .clientSecretFile)) "
    let content: [UInt8]
    do {
      content = try RegularFile(
        path.sibling(Path(secretPath)), limit: limit, system: SystemCalls()
      ).content
    } catch {
      throw EntraSyncError(.configuration, "\(place)cannot be used: \(error.readingProblem)")
    }
    guard let text = String(plainText: content) else {
      throw EntraSyncError(.configuration, "\(place)is not UTF-8 text; save it as plain text")
    }
    let secret = text.trimmed
    guard !secret.isEmpty else {
      throw EntraSyncError(
        .configuration, "\(place)is empty; put the client secret's Value into it")
    }
    guard secret.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
      throw EntraSyncError(
        .configuration,
        "\(place)has more than one line; it must hold the client secret's Value alone")
    }
    return Secret(secret.utf8)
  }
}
