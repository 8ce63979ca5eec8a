extension Member {
  /// What the answer says about the account, where it was asked for.
  public struct Account: Equatable, Sendable {
    /// Whether the account may sign in.
    public var isEnabled: Bool?
    /// What kind of user it is.
    public var userType: UserType?
    /// How the account came to be; null for most of the tenant's own.
    public var creation: Creation?

    /// Creates an account with every value unknown.
    public init() {}

    /// Whether the person is a guest; `nil` if Graph tells nothing of the account.
    ///
    /// Users that were created before types existed have none, and are members. accountEnabled,
    /// which every account has, tells "no type" from "not permitted to see it".
    var isGuest: Bool? {
      if let userType { return userType == .guest }
      return isEnabled == nil ? nil : false
    }
  }

  /// The `userType` of an account.
  ///
  /// Source: Microsoft Graph v1.0, resource type `user`, `userType`.
  public enum UserType: Equatable, Sendable {
    /// `Guest`, in any case.
    case guest
    /// `Member`, and whatever else it may be.
    case member

    /// Reads a value of `userType`.
    public init(_ text: String) { self = text.lowercased() == "guest" ? .guest : .member }
  }

  /// The `creationType` of an account.
  ///
  /// Source: Microsoft Graph v1.0, resource type `user`, `creationType`.
  public enum Creation: Equatable, Sendable {
    /// `Invitation`: it is of another tenant, or of none.
    case invitation
    /// `SelfServiceSignUp`: it has signed itself up.
    case selfServiceSignUp
    /// Anything else, such as `LocalAccount`.
    case other

    /// Reads a value of `creationType`, in any case.
    public init(_ text: String) {
      self =
        switch text.lowercased() {
        case "invitation": .invitation
        case "selfservicesignup": .selfServiceSignUp
        default: .other
        }
    }

    /// Whether such an account is of another tenant, or of none.
    var isExternal: Bool { self != .other }
  }
}
