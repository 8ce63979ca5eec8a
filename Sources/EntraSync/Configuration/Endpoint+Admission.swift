extension Endpoint {
  /// Refuses a URL from a server that leads away from this endpoint.
  ///
  /// - Parameters:
  ///   - url: A page link (`@odata.nextLink`) or a redirect's target.
  ///   - name: What the message calls the URL.
  /// - Throws: `.server`, with the scheme and host that it leads to. The rest of the URL may hold a
  ///   page token and is not shown.
  func admit(_ url: String, named name: String) throws(EntraSyncError) {
    guard !covers(url) else { return }
    throw EntraSyncError(
      .server,
      "\(name) leads away from \(origin) to \(Endpoint.shownOrigin(of: url)); it was not followed")
  }

  /// The scheme and host of a URL from outside, fit for a message.
  ///
  /// - Parameter url: Any text.
  /// - Returns: A text such as `"https://evil.example"`, without user and password.
  static func shownOrigin(of url: String) -> String {
    // By scalars, since a Character of a slash or an @ with an accent equals neither.
    let parts = url.unicodeScalars.split(
      separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].last == ":", parts[1].isEmpty else {
      return "something that is not an absolute URL"
    }
    let authority = parts[2].prefix { !"/?#\\".unicodeScalars.contains($0) }
    let host = authority.split(separator: "@").last.map { String($0) } ?? ""
    return "\(String(parts[0]))//\(host)".quoted()
  }
}
