/// Why something failed, in one line for a person and in fields for a program.
///
/// The message never holds a secret, a token, a client assertion or a line break.
public struct EntraSyncError: Error, Equatable, Sendable {
  /// The kind of failure.
  public var status: Status
  /// What is wrong, where, and what to do.
  public var message: String
  /// The HTTP status that the server answered, if it did.
  public var httpStatus: Int?
  /// The number of Entra ID's AADSTS code, such as 7000215.
  public var aadstsCode: Int?
  /// Graph's or the token endpoint's own code, such as `Authorization_RequestDenied`.
  public var serverCode: String?
  /// The request id or trace id that Microsoft's support asks for.
  public var requestID: String?
  /// How many seconds the server asked to wait.
  public var retryAfter: Int?
  /// Whether something between here and the server has answered in its place: see
  /// ``ForeignAnswer``.
  public var isForeign = false
  /// Whether nothing came from the server, so that another list would wait in vain.
  public var isOutage = false

  /// Creates an error without the fields that a server's answer has.
  ///
  /// - Parameters:
  ///   - status: The kind of failure.
  ///   - message: One line; control characters in it are made visible.
  public init(_ status: Status, _ message: String) {
    self.status = status
    self.message = message.singleLine
  }

  /// The same error, with a subject before its message: a configuration file or a list.
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
  /// The same error, with the HTTP status, the codes and the request id of a server's refusal.
  ///
  /// Microsoft's support asks for them.
  ///
  /// - Parameter refusal: The error that the server's answer means by itself.
  /// - Returns: An error with those fields, and with the id at the end of its message.
  public func explained(by refusal: EntraSyncError) -> EntraSyncError {
    var error = self
    error.httpStatus = refusal.httpStatus
    error.serverCode = refusal.serverCode
    error.aadstsCode = refusal.aadstsCode
    error.requestID = refusal.requestID
    error.isForeign = refusal.isForeign
    // What is not Microsoft's has no ids to add.
    guard !refusal.isForeign else { return error }
    if let id = refusal.requestID {
      let kind = refusal.aadstsCode.map { "AADSTS\($0), trace id" } ?? "request id"
      error.message += " [\(kind) \(id)]"
    }
    return error
  }
}
