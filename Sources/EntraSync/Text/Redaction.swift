extension String {
  /// A server's text, made safe for a message: on one line, bounded, and without words so long that
  /// they could be a token or a secret.
  ///
  /// - Parameter limit: How many characters are kept before `…`, without a word that it cuts.
  /// - Returns: The text that may be shown.
  public func fromServer(limit: Int = 200) -> String {
    let longest = 36  // A GUID is the longest useful word.
    let words = split(separator: " ").map { $0.unicodeScalars.count > longest ? "…" : $0 }
    let text = words.joined(separator: " ").singleLine
    // By scalars, since one Character may be any number of accents long.
    var kept = text.unicodeScalars.prefix(limit)
    guard kept.endIndex < text.endIndex else { return text }
    // Nobody finds a secret of which only the beginning is left.
    if text.unicodeScalars[kept.endIndex] != " ", let space = kept.lastIndex(of: " ") {
      kept = kept[...space]
    }
    return String(kept) + "…"
  }

  /// The text with every occurrence of a secret replaced by `<secret>`.
  ///
  /// - Parameter secret: What nobody may see. A text of fewer than 16 bytes is left as it is: it is
  ///   not one of Entra ID's secrets, and may be a word of our own messages.
  /// - Returns: The text without it.
  public func removing(_ secret: Secret) -> String {
    secret.withBytes { secret in
      let text = Array(utf8)
      guard secret.count >= 16, text.count >= secret.count else { return self }
      var result: [UInt8] = []
      var rest = text[...]
      while let byte = rest.first {
        if rest.starts(with: secret) {
          result += "<secret>".utf8
          rest = rest.dropFirst(secret.count)
        } else {
          result.append(byte)
          rest = rest.dropFirst()
        }
      }
      return String(decoding: result, as: UTF8.self)
    }
  }
}

extension EntraSyncError {
  /// The same error, with every occurrence of the secrets removed from its texts.
  ///
  /// Our own texts hold none, but a message may quote a server's answer that does.
  ///
  /// - Parameter secrets: What nobody may see.
  /// - Returns: An error that can be shown.
  public func removing(_ secrets: [Secret]) -> EntraSyncError {
    var error = self
    for secret in secrets {
      error.message = error.message.removing(secret)
      error.serverCode = error.serverCode?.removing(secret)
      error.requestID = error.requestID?.removing(secret)
    }
    return error
  }
}
