/// The rules in force, and how often each has struck.
struct FaultPlan: Sendable {
  private var rules: [(rule: FaultRule, strikes: Int)] = []

  /// A plan in which nothing has struck yet.
  init(_ rules: [FaultRule] = []) {
    self.rules = rules.map { ($0, 0) }
  }

  /// What strikes one request: the first refusal that is due, or everything that distorts the
  /// answer; and everything that strikes its delivery. What strikes counts as having struck.
  ///
  /// - Parameters:
  ///   - group: The group's id in lower case; nil for the token endpoint.
  ///   - page: Which page of its run is asked for, from 1.
  ///   - top: What `$top` says; nil where it was not named.
  /// - Returns: All that goes wrong.
  mutating func strike(group: String?, page: Int, top: Int? = nil) -> Strike {
    var strike = Strike()
    let due = rules.indices.filter { isDue(rules[$0], group: group, page: page) }
    for index in due where !strike.isRefusal {
      switch rules[index].rule.fault {
      case .failure(let failure, let retryAfter): strike.failure = (failure, retryAfter)
      case .pageLimit(let limit) where top.map { $0 > limit } ?? false: strike.pageLimit = limit
      default: continue
      }
      rules[index].strikes += 1
    }
    for index in due {
      switch rules[index].rule.fault {
      case .distortion(let distortion) where !strike.isRefusal:
        strike.distortions.append(distortion)
      case .delivery(let delivery): strike.deliveries.append(delivery)
      default: continue
      }
      rules[index].strikes += 1
    }
    return strike
  }

  private func isDue(_ entry: (rule: FaultRule, strikes: Int), group: String?, page: Int) -> Bool {
    let rule = entry.rule
    guard rule.page == nil || rule.page == page, rule.times.map({ entry.strikes < $0 }) ?? true,
      page > 1 || !rule.fault.needsPageToken
    else { return false }
    return switch rule.target {
    case .allGroups: group != nil
    case .group(let id): group == id.lowercased()
    case .token: group == nil
    }
  }
}

/// What goes wrong with one request.
struct Strike: Sendable {
  /// The error to answer, if any.
  var failure: (kind: Fault.Failure, retryAfter: Fault.RetryAfter)?
  /// The largest `$top` that is accepted, where the request's is above it.
  var pageLimit: Int?
  /// What is wrong with the answer otherwise.
  var distortions: [Fault.Distortion] = []
  /// What is wrong with how it arrives.
  var deliveries: [Fault.Delivery] = []

  /// Whether there is no answer to distort.
  var isRefusal: Bool { failure != nil || pageLimit != nil }
}
