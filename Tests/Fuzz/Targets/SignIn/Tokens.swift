@testable import EntraSync

/// Requires that a 200 gives a token that expires, or an error that does not show the token.
///
/// - Parameter document: The document in the answer.
func requireToken(in document: JSONValue?) {
  let now = 1000.0
  let token: Token
  do throws(EntraSyncError) {
    token = try Token(document, now: now)
  } catch {
    requirePresentable(error)
    require(error.status == .server, "it is the server's fault", error)
    requireAbsence(of: document?["access_token"]?.text, from: error)
    return
  }
  let text = document?["access_token"]?.text ?? ""
  require(token.value.withBytes { $0.elementsEqual(text.utf8) }, "a token is used whole")
  require(
    !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F },
    "a token can end no header")
  require(!"\(token)".contains(text) || text.utf8.count < 16, "a token does not print")

  let lifetime = token.expires - now
  require((0...90_000).contains(lifetime), "a token lives for 25 hours at the most", lifetime)
  require(token.isGood(at: now) == (lifetime > 0), "a token is good from its first moment on")
  require(!token.isGood(at: token.expires), "a token is not used after its end")
  require(!token.isGood(at: now + 90_000), "no token is used for ever")
  require(token.isRenewable(at: token.expires), "a token is renewed at its end")
  require(
    lifetime == 0 || !token.isRenewable(at: now + lifetime / 2 - 0.001),
    "no answer makes every request sign in", lifetime)

  var state = TokenState()
  state.keep(token)
  if case .use(let value) = state.next(at: now) {
    require(lifetime > 0 && value === token.value, "a good token is used")
  } else {
    require(lifetime == 0, "a token that has not ended is used", lifetime)
  }
}

/// Requires that an error does not show a text, unless it is so short that it may be any word.
private func requireAbsence(of secret: String?, from error: EntraSyncError) {
  guard let secret, secret.unicodeScalars.count > 36 else { return }
  require(!error.message.contains(secret), "a message shows no token", error)
}
