/// A fault, and the requests that it strikes.
public struct FaultRule: Sendable, Equatable {
  /// The requests that a rule applies to.
  public enum Target: Sendable, Equatable {
    /// The members of every group.
    case allGroups
    /// The members of the group with this id.
    case group(String)
    /// The token endpoint.
    case token
    /// The token service of the machine, which has managed identities.
    case identity
    /// The users of the tenant.
    case users
    /// One user or contact by id.
    case user
    /// The groups that contain a user: `checkMemberGroups` and `memberOf`.
    case check
    /// The groups themselves, without their members.
    case groups
    /// The application itself.
    case application
    /// Whole batches; a request inside one is struck as if it came alone.
    case batch
  }

  /// The fault.
  public var fault: Fault
  /// The requests that the rule applies to.
  public var target: Target
  /// The page of a collection, from 1; nil for all pages.
  public var page: Int?
  /// How many requests the fault strikes; nil for all.
  public var times: Int?

  /// Creates a rule from its parts.
  public init(
    _ fault: Fault, on target: Target = .allGroups, page: Int? = nil, times: Int? = nil
  ) {
    self.fault = fault
    self.target = target
    self.page = page
    self.times = times
  }

  /// Creates a rule from its text, `KIND[:ARGUMENT][*TIMES][@TARGET][#PAGE]`.
  ///
  /// TIMES is the number of requests that the fault strikes; without it, the fault strikes all.
  /// TARGET is `token`, `identity`, `users`, `user`, `check`, `groups`, `application` or `batch`
  /// (see ``Target``), or a group whose members are meant: the name of a built-in group, or a
  /// group's id. Without it, the members of all groups are meant. Examples: `throttle:2`, which is
  /// `throttle*2`, `unavailable:1:none@main`, `unauthorized:1@main#2`, `cut-body:100*1@main#2`,
  /// `expired-secret@token`, `throttle:1:3@check`.
  ///
  /// - Throws: ``InvalidFault`` if the text is not a rule.
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
      if let named = Target.named[name] {
        target = named
      } else if let id = BuiltInGroup.id(of: name) {
        target = .group(id)
      } else {
        let names = Target.named.keys.sorted() + BuiltInGroup.allCases.map(\.rawValue)
        throw InvalidFault(
          "\"\(text)\": \"\(name)\" is neither a GUID nor one of \(names.joined(separator: ", "))")
      }
      rest = rest[..<mark]
    }
    if let mark = rest.lastIndex(of: "*") {
      guard let times = Int(rest[rest.index(after: mark)...]), times >= 0 else {
        throw InvalidFault("\"\(text)\": what follows * must be a number of times")
      }
      self.times = times
      rest = rest[..<mark]
    }
    let read = try Fault.read(String(rest))
    fault = read.fault
    guard times == nil || read.times == nil else {
      throw InvalidFault("\"\(text)\": the number of times is given twice")
    }
    times = times ?? read.times
    guard fault.applies(to: target) else {
      let isTokens = fault.applies(to: .token) && !fault.applies(to: .allGroups)
      let shown = target.name.map { "@\($0)" } ?? "the members of groups"
      throw InvalidFault(
        "\"\(text)\": this fault "
          + (isTokens ? "applies to @token only" : "does not apply to \(shown)"))
    }
    guard target.hasPages || page == nil else {
      throw InvalidFault("\"\(text)\": @\(target.name ?? "") has no pages")
    }
    guard page != 1 || !fault.needsPageToken else {
      throw InvalidFault("\"\(text)\": page 1 has no page token")
    }
  }
}

extension Fault {
  /// Whether the fault can apply to requests of this target.
  func applies(to target: FaultRule.Target) -> Bool {
    switch self {
    case .failure(.expiredPageToken, _), .pageLimit: target.hasPages
    case .failure(.expiredSecret, _), .failure(.claimsRefused, _), .failure(.noFederation, _):
      target == .token
    case .failure(.claimsChallenge, _): ![.token, .identity].contains(target)
    case .failure(.gone, _): target == .identity
    case .distortion(let distortion): distortion.applies(to: target)
    case .failure, .delivery: true
    }
  }

  /// Whether the fault applies only to requests with a filter.
  var needsFilter: Bool {
    self == .distortion(.staleIndex)
  }

  /// Whether the fault applies only to token requests with claims.
  var needsClaims: Bool {
    if case .failure(.claimsRefused, _) = self { true } else { false }
  }

  /// Whether the fault applies only to requests with a page token, which page 1 does not have.
  var needsPageToken: Bool {
    if case .failure(.expiredPageToken, _) = self { true } else { false }
  }
}
