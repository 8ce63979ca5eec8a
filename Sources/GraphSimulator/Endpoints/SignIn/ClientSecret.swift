import Foundation

/// A client secret of the application, as Entra ID knows it.
///
/// - SeeAlso: Microsoft Graph v1.0, "passwordCredential resource type".
public struct ClientSecret: Sendable, Equatable {
  /// The secret itself, which Graph never shows.
  public var value: String
  /// When it was made.
  public var start: Date
  /// When it ends.
  public var end: Date
  /// Its name, which an administrator has chosen.
  public var displayName: String

  /// Creates a client secret that was made two years before it ends.
  ///
  /// - Parameters:
  ///   - value: The secret itself.
  ///   - days: In how many days from now it ends; negative for one that has ended.
  ///   - displayName: Its name.
  public init(_ value: String, endingIn days: Double = 365, displayName: String = "gateway") {
    self.value = value
    end = Date.now + days * 86_400
    start = end - 730 * 86_400
    self.displayName = displayName
  }

  /// The first three characters of the secret, which Graph shows.
  var hint: String { String(value.prefix(3)) }

  /// Whether it can be used.
  func isValid(at now: Date) -> Bool { start <= now && now < end }
}
