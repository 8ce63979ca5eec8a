/// What is wrong with a value that a person typed. The caller adds file, line and key.
public struct Malformed: Error, Equatable, Sendable {
  /// The rest of a sentence that begins with the value's name, such as `is empty`.
  public let reason: String

  /// Creates a value from its reason.
  ///
  /// - Parameter reason: The rest of the sentence; it holds no secret.
  public init(_ reason: String) {
    self.reason = reason
  }
}
