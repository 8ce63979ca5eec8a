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
    /// The users of the tenant.
    case users
    /// Which groups a user is in: `checkMemberGroups` and `memberOf`.
    case check
    /// The groups themselves, without their members.
    case groups
    /// The batches, not the requests in them, which are struck as if each came alone.
    case batch
  }

  /// What goes wrong.
  public var fault: Fault
  /// For which requests.
  public var target: Target
  /// On which page of a run, counted from 1; nil for all.
  public var page: Int?
  /// How many times; nil for every time.
  public var times: Int?

  /// A rule from its parts.
  public init(
    _ fault: Fault, on target: Target = .allGroups, page: Int? = nil, times: Int? = nil
  ) {
    self.fault = fault
    self.target = target
    self.page = page
    self.times = times
  }

  /// A rule from its text, `KIND[:ARGUMENT][*TIMES][@TARGET][#PAGE]`.
  ///
  /// TIMES is for how many requests; without it, the rule is about all. TARGET is `token`, `users`,
  /// `check`, `groups` or `batch` (see ``Target``), or, for its members, the name of a built-in group
  /// or a group's id; without it, the rule is about the members of all groups. Examples:
  /// `throttle:2`, which is `throttle*2`, `unavailable:1:none@main`, `unauthorized:1@main#2`,
  /// `cut-body:100*1@main#2`, `expired-secret@token`, `throttle:1:3@check`.
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
      if let named = Target.named[name] {
        target = named
      } else if let id = BuiltInGroup.id(of: name) {
        target = .group(id)
      } else {
        let names = Target.named.keys.sorted() + BuiltInGroup.allCases.map(\.rawValue)
        throw InvalidFault(
          "\"\(text)\": \"\(name)\" is no GUID and none of \(names.joined(separator: ", "))")
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
      throw InvalidFault("\"\(text)\": it says twice how many times")
    }
    times = times ?? read.times
    guard fault.applies(to: target) else {
      let isTokens = fault.applies(to: .token) && !fault.applies(to: .allGroups)
      let place = target.name.map { "@\($0)" } ?? "the members of groups"
      throw InvalidFault(
        "\"\(text)\": this fault "
          + (isTokens ? "is for @token only" : "means nothing to \(place)"))
    }
    guard target.hasPages || page == nil else {
      throw InvalidFault("\"\(text)\": there are no pages at @\(target.name ?? "")")
    }
    guard page != 1 || !fault.needsPageToken else {
      throw InvalidFault("\"\(text)\": page 1 has no page token")
    }
  }
}

extension Fault {
  /// Whether the fault means something there.
  func applies(to target: FaultRule.Target) -> Bool {
    switch self {
    case .failure(.expiredPageToken, _), .pageLimit: target.hasPages
    case .failure(.expiredSecret, _): target == .token
    case .distortion(let distortion): distortion.applies(to: target)
    case .failure, .delivery: true
    }
  }

  /// Whether the fault is about a filter, which most requests have not.
  var needsFilter: Bool {
    self == .distortion(.staleIndex)
  }

  /// Whether the fault is about a page token, which a request for page 1 has not.
  var needsPageToken: Bool {
    if case .failure(.expiredPageToken, _) = self { true } else { false }
  }
}
