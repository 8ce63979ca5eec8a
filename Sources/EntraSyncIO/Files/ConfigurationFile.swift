import EntraSync

/// The file that a configuration is read from.
enum ConfigurationFile {
  /// The most bytes that it may have.
  private static let limit = 65_536

  /// Reads and checks an `.entraidconf` file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - system: The calls to use.
  /// - Throws: `.file` when it cannot be read, `.configuration` naming file, line and key, or if
  ///   every user of the system can write the file.
  /// - Returns: The configuration.
  static func read(
    _ path: Path, system: SystemCalls = SystemCalls()
  ) throws(EntraSyncError) -> Configuration {
    let descriptor = try open(path, system: system)
    let file: RegularFile
    do {
      file = try RegularFile(descriptor, limit: limit, system: system)
    } catch {
      throw EntraSyncError(.file, error.readingProblem).about(path.text)
    }
    var warnings: [String] = []
    let reach = try reach(
      of: path, opened: file.status, warnings: &warnings, system: system)
    var configuration = try Configuration(file.content, path: path.text)
    configuration.reach = reach
    configuration.warnings += warnings
    if file.isPublic, configuration.holdsSecret {
      configuration.warnings.append(
        "every user of this system can read it, and it holds a secret; chmod 600 \(path.text.shellWord)"
      )
    }
    return configuration
  }

  private static func open(
    _ path: Path, system: SystemCalls
  ) throws(EntraSyncError) -> Descriptor {
    do {
      return try system.openRegularFile(path)
    } catch {
      throw EntraSyncError(.file, error.readingProblem).about(path.text)
    }
  }

  /// Checks that a configuration may name what a run writes to: AUDITFILE and STATEDIR.
  ///
  /// Whatever writes there checks it again, with what it has opened. But a configuration that names
  /// what it may not is looked at, and not used without that.
  ///
  /// - Parameters:
  ///   - key: The key that names it.
  ///   - path: The file or folder; `nil` if the configuration names none.
  ///   - configuration: The configuration, whose key the message names.
  ///   - system: The calls to use.
  /// - Throws: `.configuration`, naming key, line and path, if it may not.
  static func checkReach(
    _ key: ConfigurationKey, _ path: Path?, of configuration: Configuration,
    system: SystemCalls = SystemCalls()
  ) throws(EntraSyncError) {
    guard let path, !configuration.reach.leads(to: path.withoutSlashAtEnd, system: system)
    else { return }
    throw EntraSyncError(
      .configuration,
      "\(configuration.keyAndLine(key)): \(path.text) cannot be used: "
        + configuration.reach.refusal)
  }
}
