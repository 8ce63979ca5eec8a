import EntraSync

/// Requires that a text can be shown in one line of a log, and is not without end.
///
/// - Parameters:
///   - text: A message, a warning or a reason.
///   - limit: The most characters that it may have.
func requirePresentable(_ text: String, limit: Int = 1500) {
  require(!text.isEmpty, "a message says something")
  require(text == text.singleLine, "a message is one line without invisible characters", text)
  require(text.unicodeScalars.count <= limit, "a message is bounded", text)
}

/// Requires the same of everything that an error shows of what a server said.
///
/// - Parameter error: What was thrown.
func requirePresentable(_ error: EntraSyncError) {
  requirePresentable(error.message)
  for text in [error.serverCode, error.requestID] where text?.isEmpty == false {
    requirePresentable(text ?? "")
  }
}
