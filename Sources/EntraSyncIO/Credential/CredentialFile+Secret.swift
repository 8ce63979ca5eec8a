import EntraSync

extension CredentialFile {
  /// The client secret that the file holds alone, without white space around it.
  ///
  /// - Throws: `.configuration` when it holds anything but one word.
  func secret() throws(EntraSyncError) -> Secret {
    guard let text = String(plainText: content.withBytes(Array.init)) else {
      throw refusal("is not UTF-8 text; save it as plain text")
    }
    let secret = text.trimmed
    guard !secret.isEmpty else {
      throw refusal("is empty; put the client secret's Value into it")
    }
    guard secret.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
      throw refusal("has more than one line; it must hold the client secret's Value alone")
    }
    return Secret(secret.utf8)
  }
}
