extension Endpoint {
  /// Refuses a URL that a server named and that leads elsewhere.
  ///
  /// - Parameters:
  ///   - url: An `@odata.nextLink` or a redirect's target.
  ///   - name: What it is called in the message.
  /// - Throws: `.server`, naming the foreign scheme and host; the rest of the URL may hold a page
  ///   token and is not shown.
  func admit(_ url: String, named name: String) throws(EntraSyncError) {
    guard !covers(url) else { return }
    throw EntraSyncError(
      .server,
      "\(name) leads away from \(origin) to \(Endpoint.shownOrigin(of: url)); it was not followed")
  }

  /// The scheme and host of a URL from outside, fit for a message.
  ///
  /// - Parameter url: Any text.
  /// - Returns: Such as `"https://evil.example"` in quotes, without user and password.
  static func shownOrigin(of url: String) -> String {
    // By scalars: as Characters, a slash or an @ with an accent on it is none.
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
