/// The client secrets of an application, as Graph shows them to that application itself.
///
/// Graph shows when each ends, and never a secret. Which of them is in use is told by its `hint`,
/// the first three characters. That is a part of a secret, so that nothing here shows it.
///
/// Source: Microsoft Graph v1.0, "Get application" and "passwordCredential resource type".
public struct ApplicationSecrets {
  private struct Entry {
    let hint: Secret?
    let begins: Double
    let ends: Double
  }

  private let entries: [Entry]

  /// The question about the application's client secrets. It needs no permission of its own.
  ///
  /// - Parameter configuration: Names the application.
  /// - Returns: The question.
  public static func question(of configuration: Configuration) -> GraphQuestion {
    GraphQuestion(
      "/applications(appId='\(configuration.clientID.text)')?$select=appId,passwordCredentials")
  }

  /// Reads the answer; `nil` if it is about something else.
  ///
  /// - Parameters:
  ///   - answer: The document of a 200.
  ///   - configuration: Names the application that was asked about.
  public init?(_ answer: JSONValue, of configuration: Configuration) {
    guard let id = answer["appId"]?.text, ObjectID(id) == configuration.clientID,
      case .array(let elements) = answer["passwordCredentials"]
    else { return nil }
    entries = elements.compactMap { element in
      guard let end = element["endDateTime"]?.text.flatMap(CalendarTime.read) else { return nil }
      return Entry(
        hint: element["hint"]?.text.map { Secret($0.utf8) },
        begins: element["startDateTime"]?.text.flatMap(CalendarTime.read) ?? 0, ends: end)
    }
  }

  /// When the client secret in use ends.
  ///
  /// - Parameters:
  ///   - secret: The client secret.
  ///   - now: The time in seconds since 1970.
  /// - Returns: The end of the only entry that begins like it and is valid now; the earliest end of
  ///   several. `nil` if there is none.
  public func end(of secret: Secret, at now: Double) -> CredentialEnd? {
    let valid = entries.filter { $0.begins <= now && now < $0.ends }
    let matching = valid.filter { entry in
      guard let hint = entry.hint, hint.count > 0 else { return false }
      return secret.withBytes { bytes in hint.withBytes { bytes.starts(with: $0) } }
    }
    // An entry without a hint may be of any secret.
    let found = matching.isEmpty ? valid.filter { $0.hint == nil } : matching
    guard let end = found.map(\.ends).min() else { return nil }
    let isCertain = found.count == 1 && !matching.isEmpty
    return CredentialEnd(end, from: isCertain ? .graph : .graphAtTheEarliest)
  }
}
