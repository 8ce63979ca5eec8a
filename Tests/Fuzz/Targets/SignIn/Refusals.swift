@testable import EntraSync

/// Requires that a refused sign-in gives one line without secrets, and is not repeated at once.
///
/// - Parameters:
///   - httpStatus: A status other than 200.
///   - document: The body, if it was JSON.
func requireRefusal(_ httpStatus: Int, document: JSONValue?) {
  let error = SignInRefusal.error(
    httpStatus: httpStatus, answer: document, location: document?["location"]?.text,
    configuration: Sample.configuration)
  requirePresentable(error)
  require(error.httpStatus == httpStatus, "a refusal has its status", error)
  require(
    [.authentication, .throttled, .server].contains(error.status), "a refusal is one of three",
    error.status)
  require(
    httpStatus < 500 || error.status == .server, "a server's own fault is no verdict", error)

  // No word that may be a token is shown, except for the host of a redirect, of any length.
  let location = document?["location"]?.text ?? ""
  for word in texts(of: document).flatMap({ $0.split(separator: " ") })
  where word.unicodeScalars.count > 36 && !location.contains(word) {
    require(!shows(error, String(word)), "a message shows no word that may be a token", error)
  }
  guard case .secret(let secret) = Sample.configuration.credential else { return }
  require(!shows(error.removing([secret]), Canary.text), "a message shows no secret", error)

  var state = TokenState()
  state.noteFailure(error, at: 0)
  if case .refuse(let again) = state.next(at: 1) {
    require(again == error, "a refusal is remembered as it was", again)
  } else {
    require(httpStatus < 400, "a refusal is not repeated at once", httpStatus)
  }
  if case .refuse = state.next(at: TokenState.longestBusyLifetime) {
    require(false, "a refusal passes", error)
  }
}

private func shows(_ error: EntraSyncError, _ word: String) -> Bool {
  [error.message, error.serverCode, error.requestID].contains { $0?.contains(word) == true }
}

/// All texts in a document.
private func texts(of document: JSONValue?) -> [String] {
  switch document {
  case .string(let text): [text]
  case .array(let elements): elements.flatMap { texts(of: $0) }
  case .object(let members): members.values.flatMap { texts(of: $0) }
  default: []
  }
}
