import EntraSync

/// The file that a configuration is read from.
enum ConfigurationFile {
  /// The most bytes that it may have.
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
    var configuration = try Configuration(file.content, path: path.text)
    if file.isPublic, configuration.holdsSecret {
      configuration.warnings.append(
        "every user of this system can read it, and it holds a secret; chmod 600 \(path.text.shellWord)"
      )
    }
    return configuration
  }
}
