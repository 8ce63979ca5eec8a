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
  /// TIMES is for how many requests; without it, the rule is about all. TARGET is `token`, the name
  /// of a built-in group or a group's id; without it, the rule is about all groups. Examples:
  /// `throttle:2`, which is `throttle*2`, `unavailable:1:none@main`, `unauthorized:1@main#2`,
  /// `cut-body:100*1@main#2`, `expired-secret@token`.
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
      throw InvalidFault(
        "\"\(text)\": this fault is for \(target == .token ? "groups" : "@token") only")
    }
    guard target != .token || page == nil else {
      throw InvalidFault("\"\(text)\": the token endpoint has no pages")
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
    case .failure(.expiredPageToken, _), .pageLimit: target != .token
    case .failure(.expiredSecret, _): target == .token
    case .distortion(let distortion): distortion.applies(to: target)
    case .failure, .delivery: true
    }
  }

  /// Whether the fault is about a page token, which a request for page 1 has not.
  var needsPageToken: Bool {
    if case .failure(.expiredPageToken, _) = self { true } else { false }
  }
}
