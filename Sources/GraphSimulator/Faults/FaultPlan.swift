/// The rules in force, and how often each has struck.
struct FaultPlan: Sendable {
  private var rules: [(rule: FaultRule, strikes: Int)] = []

  /// A plan in which nothing has struck yet.
  init(_ rules: [FaultRule] = []) {
    self.rules = rules.map { ($0, 0) }
  }

  /// What strikes one request: the first failure that is due, which counts as having struck, and
  /// everything that distorts the answer or its delivery.
  ///
  /// - Parameters:
  ///   - group: The group's id in lower case; nil for the token endpoint.
  ///   - page: Which page of its run is asked for, from 1.
  /// - Returns: All that goes wrong; with a failure, the distortions have nothing to distort.
  mutating func strike(group: String?, page: Int) -> Strike {
    var strike = Strike()
    for index in rules.indices where applies(rules[index].rule, group: group, page: page) {
      switch rules[index].rule.fault {
      case .failure(let failure, let times, let retryAfter):
        guard strike.failure == nil, times.map({ rules[index].strikes < $0 }) ?? true else {
          continue
        }
        rules[index].strikes += 1
        strike.failure = (failure, retryAfter)
      case .distortion(let distortion): strike.distortions.append(distortion)
      case .delivery(let delivery): strike.deliveries.append(delivery)
      }
    }
    return strike
  }

  private func applies(_ rule: FaultRule, group: String?, page: Int) -> Bool {
    guard rule.page == nil || rule.page == page else { return false }
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
  /// What is wrong with the answer otherwise.
  var distortions: [Fault.Distortion] = []
  /// What is wrong with how it arrives.
  var deliveries: [Fault.Delivery] = []
}
