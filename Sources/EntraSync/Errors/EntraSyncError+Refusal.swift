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
