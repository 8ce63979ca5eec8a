/// The challenge of Azure Arc's agent: it names a file that only those may read who may have a
/// token, and wants to see its content.
///
/// The path comes from whoever answers at that port, so that it is held to the folder that the
/// agent keeps such files in.
///
/// Source: Microsoft Azure, "Authenticate against Azure resources with Azure Arc-enabled servers";
/// what MSAL checks, in `managed_identity.py` of MSAL Python and `managedidentity.go` of MSAL Go.
public struct ArcChallenge: Equatable, Sendable {
  /// The folder in which the agent keeps these files on Linux.
  public static let folder = "/var/opt/azcmagent/tokens"
  /// The most bytes of such a file.
  public static let largestKey = 4096
  private static let ending = ".key"

  /// The path of the file.
  public let path: String

  /// Reads the challenge of a 401.
  ///
  /// - Parameters:
  ///   - headers: The values of its `WWW-Authenticate` headers. The path in them has no quotes, as
  ///     RFC 9110 would have it.
  ///   - folder: The folder that the file must be in.
  /// - Throws: `.server` without a challenge, or for a file elsewhere.
  public init(_ headers: [String], folder: String = folder) throws(EntraSyncError) {
    guard headers.count == 1, let header = headers.first, header.utf8.count <= Self.largestKey,
      let realm = Self.realm(of: header)
    else {
      throw EntraSyncError(
        .server,
        "Azure Arc's agent names no key for the managed identity; is it the agent that answers "
          + "there? Look with: azcmagent show")
    }
    let name = realm.utf8.dropFirst(folder.utf8.count + 1)
    guard realm.hasPrefix(folder + "/"), realm.hasSuffix(Self.ending),
      name.count > Self.ending.utf8.count,
      name.allSatisfy({ $0.isLetter || $0.isDigit || "-_.".utf8.contains($0) })
    else {
      throw EntraSyncError(
        .server,
        "Azure Arc's agent names a key that is not a .key file of \(folder), and was not read; is "
          + "it the agent that answers there? Look with: azcmagent show")
    }
    path = realm
  }

  /// The value of `Basic realm=`, with or without quotes.
  private static func realm(of header: String) -> String? {
    let parts = header.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2,
      parts[0].lowercased().split(separator: " ") == ["basic", "realm"]
    else { return nil }
    let value = String(parts[1]).trimmed
    guard value.count > 1, value.hasPrefix("\""), value.hasSuffix("\"") else { return value }
    return String(value.dropFirst().dropLast())
  }
}
