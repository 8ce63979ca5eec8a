/// What is wrong with a value that a person typed. The caller adds file, line and key.
public struct Malformed: Error, Equatable, Sendable {
  /// The rest of a sentence that begins with the value's name, such as `is empty`.
  public let reason: String

  /// Whether the configuration refuses the value on purpose, though a list could hold it.
  public let isIntended: Bool

  /// Creates a value from its reason.
  ///
  /// - Parameters:
  ///   - reason: The rest of the sentence; it holds no secret.
  ///   - isIntended: Whether the configuration refuses the value on purpose.
  public init(_ reason: String, isIntended: Bool = false) {
    self.reason = reason
    self.isIntended = isIntended
  }
}
