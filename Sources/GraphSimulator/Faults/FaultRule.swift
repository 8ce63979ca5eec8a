/// A fault and where it strikes.
public struct FaultRule: Sendable, Equatable {
  /// Which requests a rule is about.
  public enum Target: Sendable, Equatable {
    /// Every group's members.
    case allGroups
    /// The members of the group with this id.
    case group(String)
    /// The token endpoint.
    case token
  }

  /// What goes wrong.
  public var fault: Fault
  /// For which requests.
  public var target: Target
  /// On which page of a run, counted from 1; nil for all.
  public var page: Int?

  /// A rule from its parts.
  public init(_ fault: Fault, on target: Target = .allGroups, page: Int? = nil) {
    self.fault = fault
    self.target = target
    self.page = page
  }

  /// A rule from its text, `KIND[:ARGUMENT][@TARGET][#PAGE]`.
  ///
  /// TARGET is `token`, the name of a built-in group or a group's id; without it, the rule is about
  /// all groups. Examples: `throttle:2`, `unavailable:1:none@main`, `unauthorized:1@main#2`,
  /// `expired-secret@token`.
  ///
  /// - Throws: ``InvalidFault``, which says what is wrong.
  public init(_ text: String) throws(InvalidFault) {
    var rest = text[...]
    if let mark = rest.lastIndex(of: "#") {
      guard let page = Int(rest[rest.index(after: mark)...]), page > 0 else {
        throw InvalidFault("\"\(text)\": what follows # must be a page number from 1")
      }
      self.page = page
      rest = rest[..<mark]
    }
    target = .allGroups
    if let mark = rest.lastIndex(of: "@") {
      let name = String(rest[rest.index(after: mark)...])
      if name == "token" {
        target = .token
      } else if let id = BuiltInGroup.id(of: name) {
        target = .group(id)
      } else {
        let names = BuiltInGroup.allCases.map(\.rawValue).joined(separator: ", ")
        throw InvalidFault("\"\(text)\": \"\(name)\" is no GUID, not token and none of \(names)")
      }
      rest = rest[..<mark]
    }
    fault = try Fault(String(rest))
    guard fault.applies(to: target) else {
      throw InvalidFault(
        "\"\(text)\": this fault is for \(target == .token ? "groups" : "@token") only")
    }
    guard target != .token || page == nil else {
      throw InvalidFault("\"\(text)\": the token endpoint has no pages")
    }
  }
}

extension Fault {
  /// Whether the fault means something there.
  func applies(to target: FaultRule.Target) -> Bool {
    switch self {
    case .failure(.expiredPageToken, _, _): target != .token
    case .failure(.expiredSecret, _, _): target == .token
    case .distortion(.shortToken), .distortion(.textExpiry): target == .token
    case .distortion(.noValue), .distortion(.byteOrderMark), .distortion(.notJSON),
      .distortion(.emptyBody):
      true
    case .distortion: target != .token
    case .failure, .delivery: true
    }
  }
}
