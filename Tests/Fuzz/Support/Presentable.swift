import EntraSync

/// Requires that a text fits into one line of a log and has a limited length.
///
/// - Parameters:
///   - text: A message, a warning or a reason.
///   - limit: The largest number of characters.
func requirePresentable(_ text: String, limit: Int = 1500) {
  require(!text.isEmpty, "a message says something")
  require(text == text.singleLine, "a message is one line without invisible characters", text)
  require(text.unicodeScalars.count <= limit, "a message is bounded", text)
}

/// Requires the same of an error's message and of the server's texts in it.
///
/// - Parameter error: The error.
func requirePresentable(_ error: EntraSyncError) {
  requirePresentable(error.message)
  for text in [error.serverCode, error.requestID] where text?.isEmpty == false {
    requirePresentable(text ?? "")
  }
}
