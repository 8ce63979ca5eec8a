/// Why something failed, in one line for a person and in fields for a program.
///
/// The message never holds a secret, a token or an assertion, and never a line break.
public struct EntraSyncError: Error, Equatable, Sendable {
  /// The kind of failure.
  public var status: Status
  /// What is wrong, where, and what to do.
  public var message: String
  /// The HTTP status that the server answered, if it did.
  public var httpStatus: Int?
  /// The number of Entra's AADSTS code, such as 7000215.
  public var aadstsCode: Int?
  /// Graph's or the token endpoint's own code, such as `Authorization_RequestDenied`.
  public var serverCode: String?
  /// The request id or trace id that Microsoft's support asks for.
  public var requestID: String?
  /// How many seconds the server asked to wait.
  public var retryAfter: Int?

  /// Describes a failure that no server answered.
  ///
  /// - Parameters:
  ///   - status: The kind of failure.
  ///   - message: One line; control characters in it are made visible.
  public init(_ status: Status, _ message: String) {
    self.status = status
    self.message = message.singleLine
  }

  /// The same error, with what it is about in front: a configuration file or a list.
  ///
  /// - Parameter subject: A path or a name.
  /// - Returns: The error with `subject: ` before its message.
  public func about(_ subject: String) -> EntraSyncError {
    var error = self
    error.message = "\(subject.singleLine): \(message)"
    return error
  }
}

extension EntraSyncError {
  /// The same error, with what Microsoft's support asks for from the refusal that led to it.
  ///
  /// - Parameter refusal: What the server's answer means by itself.
  /// - Returns: An error with the refusal's status, codes and id.
  public func explained(by refusal: EntraSyncError) -> EntraSyncError {
    var error = self
    error.httpStatus = refusal.httpStatus
    error.serverCode = refusal.serverCode
    error.aadstsCode = refusal.aadstsCode
    error.requestID = refusal.requestID
    if let id = refusal.requestID {
      let kind = refusal.aadstsCode.map { "AADSTS\($0), trace id" } ?? "request id"
      error.message += " [\(kind) \(id)]"
    }
    return error
  }
}
