@testable import EntraSync

/// Requires everything that the rest of the library assumes of a configuration.
///
/// - Parameter configuration: A configuration that was accepted.
func requireSound(_ configuration: Configuration) {
  requireSound(configuration.login)
  requireSound(configuration.graph)
  let resource = configuration.scope.dropLast("/.default".count)
  require(
    configuration.scope.hasSuffix("/.default") && !resource.isEmpty
      && configuration.scope.utf8.allSatisfy(isVisible),
    "a token is asked for one resource", configuration.scope)
  require(
    configuration.lines[.scope] != nil || Cloud.allCases.contains { $0.graphURL == resource },
    "without SCOPE a token is asked for one of Microsoft's clouds", configuration.scope)
  require(
    configuration.audience.hasPrefix("https://")
      && configuration.audience.utf8.allSatisfy(isVisible),
    "a client assertion is for an https URL", configuration.audience)
  require((1...86_400).contains(configuration.timeout), "a run ends", configuration.timeout)
  require(
    !configuration.groups.isEmpty && Set(configuration.groups).count == configuration.groups.count,
    "each group is read once", configuration.groups)
  let attributes = configuration.queryFilter.attributes
  require(attributes.first?.kind == .address, "a line begins with an address", attributes)
  require(Set(attributes).count == attributes.count, "each attribute is asked for once", attributes)
  let shape = try? LineShape(
    .attributes, configuration.queryFilter, by: configuration.valueRules)
  require(
    shape?.needed == configuration.queryFilter.fields, "a line has all fields of the filter")
  for key in ConfigurationKey.allCases { requirePresentable(configuration.keyAndLine(key)) }
  require(
    configuration.proxy?.withBytes { $0.allSatisfy(isVisible) } != false,
    "a proxy is visible ASCII")

  for request in [
    MembersRequest(group: configuration.groups[0], of: configuration),
    MembersRequest(
      excluded: configuration.groups[0], reading: configuration.queryFilter.address,
      of: configuration),
  ] {
    let url = configuration.graph.url(request.pathAndQuery)
    require(configuration.graph.covers(url), "members are asked of Graph", url)
  }
  if case .secret(let secret) = configuration.credential {
    requireSound(TokenRequest(configuration, secret: secret), configuration, secret)
  }
}

/// Requires that an endpoint covers only its own URLs, so that requests go nowhere else.
private func requireSound(_ endpoint: Endpoint) {
  let host = endpoint.host
  let isLoopback =
    ["localhost", "[::1]"].contains(host)
    || host.hasPrefix("127.") && host.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
  require(
    endpoint.scheme == "https" || endpoint.scheme == "http" && isLoopback,
    "nothing is sent in the clear to another machine", endpoint)
  let isPlain = host.utf8.allSatisfy { $0.isDigit || $0.isLetter || "-.:[]".utf8.contains($0) }
  require(!host.isEmpty && isPlain && host == host.lowercased(), "a host is a plain name", endpoint)
  require(endpoint.covers(endpoint.url("/x")), "an endpoint covers its own URLs", endpoint)
  for tail in ["@evil.example/", ".evil.example/", "0/", ":1@evil.example/", "\\evil/", "", "?/"] {
    require(!endpoint.covers(endpoint.origin + tail), "an endpoint covers no other host", endpoint)
  }
  require(endpoint.path.utf8.allSatisfy(isVisible), "a path is visible ASCII", endpoint)
}

/// Requires that a server decodes the form as intended, and that it goes to the login endpoint.
private func requireSound(_ request: TokenRequest, _ configuration: Configuration, _ secret: Secret)
{
  require(
    configuration.login.covers(request.url) && request.url.hasSuffix("/oauth2/v2.0/token"),
    "the credential goes to the login endpoint", request.url)
  let pairs = request.body.withBytes { Array($0).split(separator: UInt8(ascii: "&")) }
  let names = pairs.map { String(decoding: $0.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self) }
  require(
    names == ["client_id", "scope", "client_secret", "grant_type"], "the form has its four fields",
    names)
  let sent = pairs[2].dropFirst("client_secret=".utf8.count)
  require(secret.withBytes { $0.elementsEqual(decoded(sent)) }, "the secret arrives as it is")
}

/// Decodes a value of a form, as a server does.
private func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
  var result: [UInt8] = []
  var rest = bytes
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "%"), let high = rest.popFirst()?.hexDigit,
      let low = rest.popFirst()?.hexDigit
    else {
      result.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      continue
    }
    result.append(high << 4 | low)
  }
  return result
}

private func isVisible(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }
