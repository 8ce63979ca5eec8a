@testable import EntraSync
@testable import EntraSyncIO

/// Checks that no `WWW-Authenticate` header makes anything but one JSON object go to Entra ID.
///
/// - Parameter input: The values of the headers, one in each line.
func check(_ input: [UInt8]) {
  let headers = input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    .prefix(20).map { String(decoding: $0, as: UTF8.self) }
  for header in headers { requireSame(AuthenticateHeader(header).challenges) }

  let challenge = ClaimsChallenge(headers, parse: JSONValue.init)
  guard let challenge else { return }
  let claims = Array(challenge.claims.utf8)
  guard case .object = JSONValue(claims) else {
    return require(false, "claims are a JSON object", challenge)
  }
  require(claims.count <= 8192, "claims are bounded", claims.count)
  // The last digit may have bits that count for nothing.
  let encoded = String(claims.base64URL.dropLast())
  require(
    headers.contains { header in
      header.replacing("\\").replacing("+", by: "-").replacing("/", by: "_").holds(encoded)
    }, "claims come from a header", challenge)

  let request = TokenRequest(
    Sample.configuration, secret: Secret(Canary.text.utf8), answering: challenge)
  let body = request.body.withBytes { String(decoding: $0, as: UTF8.self) }
  let fields = body.split(separator: "&", omittingEmptySubsequences: false)
  require(fields.count == 5, "claims are one field of the form", body)
  require(
    fields.last == "claims=\(PercentEncoding.encode(challenge.claims))"[...],
    "claims are sent as they came", body)
  require(
    fields.dropLast().allSatisfy { !$0.hasPrefix("claims=") }, "claims are sent once", body)
}

/// Requires that challenges are the same after they were written in the one way that nobody can
/// misunderstand.
private func requireSame(_ challenges: [AuthenticateHeader.Challenge]) {
  let plain = challenges.map { challenge in
    var challenge = challenge
    challenge.isAmbiguous = false
    return challenge
  }
  let text = plain.map { challenge in
    let parameters = challenge.parameters.sorted { $0.key < $1.key }
    return challenge.scheme + " "
      + parameters.map { "\($0.key)=\(quoted($0.value))" }.joined(separator: ", ")
  }
  require(
    text.joined(separator: ", ").utf8.count > AuthenticateHeader.longest
      || AuthenticateHeader(text.joined(separator: ", ")).challenges == plain,
    "challenges are read back", text)
  for challenge in challenges {
    require(!challenge.scheme.isEmpty, "a challenge has a scheme")
    for value in challenge.parameters.values {
      require(
        value.unicodeScalars.allSatisfy { $0 == "\t" || ($0.value >= 0x20 && $0.value != 0x7F) },
        "a value has no control characters", value)
    }
  }
}

private func quoted(_ value: String) -> String {
  var text = "\""
  for scalar in value.unicodeScalars {
    if scalar == "\"" || scalar == "\\" { text += "\\" }
    text.unicodeScalars.append(scalar)
  }
  return text + "\""
}

extension String {
  /// The text with each of a character replaced, or left out.
  fileprivate func replacing(_ scalar: Unicode.Scalar, by other: String = "") -> String {
    var text = ""
    for each in unicodeScalars {
      if each == scalar { text += other } else { text.unicodeScalars.append(each) }
    }
    return text
  }

  /// Whether the bytes of another text are in it.
  fileprivate func holds(_ part: String) -> Bool {
    let sought = Array(part.utf8)
    var rest = Array(utf8)[...]
    while rest.count >= sought.count {
      if rest.starts(with: sought) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
