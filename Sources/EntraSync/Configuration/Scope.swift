/// The scope that a token is asked for, where it is not that of a known cloud: the value of SCOPE.
///
/// Source: Microsoft identity platform, "Scopes and permissions in the Microsoft identity
/// platform", the .default scope.
struct Scope {
  /// What the resource is followed by.
  private static let suffix = "/.default"

  /// The scope as the file has it.
  let text: String
  /// The cloud whose Graph it names; `nil` for any other resource.
  let cloud: Cloud?

  /// Reads the value of SCOPE.
  ///
  /// - Parameter text: A resource, which is an https URL, an `api://` URI or a GUID, and
  ///   `/.default`.
  /// - Throws: ``Malformed``, without the value.
  init(_ text: String) throws(Malformed) {
    let resource = String(text.dropLast(Scope.suffix.count))
    guard text.hasSuffix(Scope.suffix), Scope.isResource(resource) else {
      throw Malformed(
        "must be like https://graph.microsoft.com/.default: an https URL, an api:// URI or a GUID, "
          + "with /.default behind it and no space")
    }
    self.text = text
    let host = resource.hasPrefix("https://") ? try Endpoint(resource).host : ""
    cloud = Cloud.cloud(ofGraphAt: host)
  }

  private static func isResource(_ text: String) -> Bool {
    if text.hasPrefix("https://") { return (try? Endpoint(text)) != nil }
    guard text.hasPrefix("api://") else { return ObjectID(text) != nil }
    let name = text.dropFirst("api://".utf8.count)
    return !name.isEmpty
      && name.utf8.allSatisfy { $0.isLetter || $0.isDigit || "-._~/:".utf8.contains($0) }
  }
}
