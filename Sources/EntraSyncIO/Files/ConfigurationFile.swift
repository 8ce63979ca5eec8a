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
    try Configuration(content(of: path, status: .file), path: path.text)
  }

  /// Reads the client secret that a configuration names.
  ///
  /// - Parameters:
  ///   - secretPath: The value of CLIENTSECRETFILE, relative to the configuration's folder.
  ///   - path: The configuration.
  /// - Throws: `.configuration` when it cannot be read or is empty.
  /// - Returns: The secret without a line break at its end.
  static func secret(
    at secretPath: String, besides path: Path
  ) throws(EntraSyncError) -> Secret {
    let file = path.sibling(Path(secretPath))
    var bytes = try content(of: file, status: .configuration)[...]
    while let last = bytes.last, last == 0x0A || last == 0x0D { bytes = bytes.dropLast() }
    guard !bytes.isEmpty else {
      throw EntraSyncError(.configuration, "it is empty; put the client secret's Value into it")
        .about("CLIENTSECRETFILE \(file.text)")
    }
    return Secret(bytes)
  }

  private static func content(of path: Path, status: Status) throws(EntraSyncError) -> [UInt8] {
    do {
      return try RegularFile(path, limit: limit, system: SystemCalls()).content
    } catch {
      let what = status == .file ? path.text : "CLIENTSECRETFILE \(path.text)"
      throw EntraSyncError(status, error.readingProblem).about(what)
    }
  }
}
