import Foundation

@testable import EntraSync

/// A configuration as an administrator would write it, and its parts.
enum Sample {
  static let tenant = "6e518c62-cf72-4239-bf34-c47959d688ac"
  static let client = "4290173a-9421-4eb6-acb4-03f2add15a5f"
  static let group = "fe6a70bc-00f4-4b60-8576-81bfae175578"
  static let otherGroup = "0b1f2e3d-4c5b-4a69-8877-665544332211"
  static let secret = "aB3~x&y=z+1%-Q#"
  static let path = "/server/example/config/entraid/senders.entraidconf"

  /// The text with the four required keys in its lines 1 to 4.
  static func text(without missing: Set<String> = [], adding lines: [String] = []) -> String {
    let required = [
      ("TENANTID", tenant), ("CLIENTID", client), ("CLIENTSECRET", secret), ("GROUPID", group),
    ]
    let kept = required.filter { !missing.contains($0.0) }.map { "\($0.0) = \($0.1)" }
    return (kept + lines).joined(separator: "\n") + "\n"
  }

  static func configuration(
    without missing: Set<String> = [], adding lines: String...
  ) throws(EntraSyncError) -> Configuration {
    try Configuration(Array(text(without: missing, adding: lines).utf8), path: path)
  }

  /// The message that refuses a text; `nil` if the text is accepted.
  static func refusal(of text: String) -> String? {
    do {
      _ = try Configuration(Array(text.utf8), path: path)
      return nil
    } catch {
      return error.status == .configuration ? error.message : "not a configuration error: \(error)"
    }
  }

  /// An id that nobody has.
  static let noID = ObjectID(random: 0)

  static func member(_ values: [(String, String)], id: String = group) -> Member {
    // An id that is no GUID is a mistake in the test, which then compares with an id of zeros.
    var member = Member(id: ObjectID(id) ?? noID, type: "user")
    for (name, value) in values {
      if let attribute = Attribute(named: name) { member.append(value, to: attribute) }
    }
    return member
  }
}

extension Configuration {
  /// The client secret as text, for comparison.
  var clientSecret: String? {
    guard case .secret(let secret) = credential else { return nil }
    return secret.withBytes { String(decoding: $0, as: UTF8.self) }
  }
}
