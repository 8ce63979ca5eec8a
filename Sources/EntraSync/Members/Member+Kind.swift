extension Member {
  /// What a member is, as far as lists care.
  ///
  /// Source: Microsoft Graph v1.0, "List group members": users, contacts, devices, service
  /// principals and groups.
  public enum Kind: Equatable, Sendable {
    /// A user.
    case person
    /// A mail contact (`orgContact`).
    case contact
    /// A computer or a telephone.
    case device
    /// An application's identity (`servicePrincipal`).
    case servicePrincipal
    /// A nested group.
    case group
    /// A type that is not known here; it may derive from user.
    case unknown

    /// The kind of a type.
    ///
    /// Source: Microsoft Graph v1.0, resource type `agentUser`, which "inherits from user".
    ///
    /// - Parameter type: The type without `#microsoft.graph.`.
    init(of type: String) {
      self =
        switch type {
        case Member.userType, "agentUser": .person
        case Member.contactType: .contact
        case "device": .device
        case "servicePrincipal": .servicePrincipal
        case "group": .group
        default: .unknown
        }
    }
  }
}
