import EntraSync

extension Secret {
  /// The claims of a token that is a JSON Web Token; `nil` for any other token.
  ///
  /// No signature is verified, since it is Graph that accepts or refuses the token.
  var claims: JSONValue? {
    withBytes { bytes in
      let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      // A slice of a buffer, read by code that is not specialised for it, allocates for each byte.
      guard parts.count == 3,
        let body = [UInt8](base64URL: UnsafeBufferPointer(rebasing: parts[1]))
      else { return nil }
      return JSONValue(body)
    }
  }
}
