@testable import EntraSync

/// Requires that a page link leads only to Graph, and that a refused link is not shown whole.
///
/// - Parameter link: The nextLink of any page, even of an incomplete one.
func requireGuarded(_ link: String) {
  for endpoint in Sample.graphs {
    var walk = Pagination(Sample.request, graph: endpoint)
    do throws(EntraSyncError) {
      try walk.follow(link)
      require(leads(link, to: endpoint), "the token goes to Graph alone", link)
      require(walk.urls.count == 2 && walk.urls.last == link, "a link is used whole", walk.urls)
      require((try? walk.follow(link)) == nil, "no link is followed twice", link)
    } catch {
      requirePresentable(error)
      require(error.status == .server, "it is the server's fault", error)
      if !shownPart(of: link).contains("S3cr3t") { Canary.requireAbsent(from: error) }
    }
  }
}

/// Whether a URL has the scheme, host and port of an endpoint, compared byte by byte.
private func leads(_ link: String, to endpoint: Endpoint) -> Bool {
  let parts = link.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
  guard parts.count > 3, parts[1].isEmpty, link.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
    return false
  }
  let scheme = String(decoding: parts[0], as: UTF8.self).lowercased()
  let authority = String(decoding: parts[2], as: UTF8.self).lowercased()
  let port = endpoint.port.map { ":\($0)" } ?? ""
  let own = endpoint.scheme == "https" ? ":443" : ":80"
  return scheme == endpoint.scheme + ":"
    && (authority == endpoint.host + port || port.isEmpty && authority == endpoint.host + own)
}

/// The part of a URL that a message may show: its scheme and host.
private func shownPart(of link: String) -> String {
  var scalars = link.unicodeScalars[...]
  guard let slash = scalars.firstIndex(of: "/") else { return "" }
  var shown = String(scalars[..<slash])
  scalars = scalars[slash...].dropFirst(2)
  let authority = scalars.prefix { !"/?#\\".unicodeScalars.contains($0) }
  shown += String(authority.split(separator: "@").last ?? scalars.prefix(0))
  return shown
}
