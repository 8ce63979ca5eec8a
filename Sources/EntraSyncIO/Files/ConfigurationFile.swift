import EntraSync

/// The file that a configuration is read from.
enum ConfigurationFile {
  /// The most bytes that it may have.
  private static let limit = 65_536
  /// The most bytes that a CAFILE may have. A system's whole store has a quarter of a megabyte.
  private static let authoritiesLimit = 16 << 20

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

  /// Checks the CAFILE of a configuration, so that a run with a bad one ends before it sends
  /// anything.
  ///
  /// - Parameters:
  ///   - path: The file; `nil` if the configuration names none.
  ///   - configuration: The configuration, whose key the message names.
  /// - Throws: `.configuration`, naming key, line and path, if the file cannot be read or used.
  static func checkAuthorities(
    _ path: Path?, of configuration: Configuration
  ) throws(EntraSyncError) {
    guard let path else { return }
    let subject = "\(configuration.keyAndLine(.caFile)): \(path.text)"
    let content: [UInt8]
    do {
      content = try RegularFile(
        path, limit: authoritiesLimit, system: SystemCalls()
      ).content
    } catch {
      throw EntraSyncError(.configuration, "\(subject) cannot be used: \(error.readingProblem)")
    }
    if let problem = AuthorityFile.problem(content) {
      throw EntraSyncError(.configuration, "\(subject) \(problem)")
    }
  }
}
