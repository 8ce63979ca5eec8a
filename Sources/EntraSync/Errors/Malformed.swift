/// What is wrong with a value that a person typed; the caller adds where it stood.
public struct Malformed: Error, Equatable, Sendable {
  /// The rest of a sentence that begins with the value's name, such as `is no GUID`.
  public let reason: String

  /// Describes it.
  ///
  /// - Parameter reason: The rest of the sentence; it holds no secret.
  public init(_ reason: String) {
    self.reason = reason
  }
}
