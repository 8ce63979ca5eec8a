@testable import EntraSync

/// The result of reading a configuration file.
struct Reading: Equatable {
  private static let path = "fuzz.entraidconf"

  /// The values, if the text could be split into keys and values.
  private let values: [ConfigurationKey: String]?
  /// The numbers of their lines.
  private let lines: [ConfigurationKey: Int]?
  private let warnings: [String]
  private let error: EntraSyncError?
  /// The configuration, if there was no error.
  let configuration: Configuration?

  /// Reads the bytes of a file.
  ///
  /// - Parameter input: The bytes.
  init(_ input: [UInt8]) {
    let text = try? ConfigurationText(input)
    values = text?.entries.mapValues(\.value)
    lines = text?.entries.mapValues(\.line)
    do throws(EntraSyncError) {
      let configuration = try Configuration(input, path: Reading.path)
      self.configuration = configuration
      warnings = configuration.warnings
      error = nil
    } catch {
      self.error = error
      configuration = nil
      warnings = text?.warnings ?? []
    }
  }

  /// Whether two readings have the same result: the same values make the same configuration.
  static func == (one: Reading, other: Reading) -> Bool {
    one.values == other.values && one.lines == other.lines && one.warnings == other.warnings
      && one.error == other.error
  }

  /// Requires that warnings and errors say what to change, and show no secret.
  ///
  /// - Parameter lineCount: The number of lines in the file.
  func requireUseful(lineCount: Int) {
    for warning in warnings {
      requirePresentable(warning)
      Canary.requireAbsent(from: warning)
      require(Reading.line(of: warning, in: lineCount), "a warning names its line", warning)
    }
    guard let error else { return }
    requirePresentable(error)
    Canary.requireAbsent(from: error)
    require(error.status == .configuration, "the configuration is what is wrong", error)
    require(error.message.hasPrefix("\(Reading.path): "), "an error names the file", error)
    let said = String(error.message.dropFirst(Reading.path.count + 2))
    let isPlaced =
      said.hasPrefix("is not UTF-8")
      || ConfigurationKey.allCases.contains { said.hasPrefix($0.rawValue + " ") }
      || Reading.line(of: said, in: lineCount)
        && ConfigurationKey.allCases.contains { said.contains(": \($0.rawValue) ") }
    require(isPlaced, "an error names a key, and its line where the key has one", error)
  }

  /// Whether a message begins with the number of a line in the file.
  private static func line(of message: String, in count: Int) -> Bool {
    guard message.hasPrefix("line "), let colon = message.firstIndex(of: ":"),
      let number = Int(message[..<colon].dropFirst(5))
    else { return false }
    return (1...count).contains(number)
  }
}
