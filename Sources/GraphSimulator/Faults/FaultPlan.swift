/// The fault rules in force, and how often each has struck.
struct FaultPlan: Sendable {
  private var rules: [(rule: FaultRule, strikes: Int)] = []

  /// Creates a plan in which no rule has struck yet.
  init(_ rules: [FaultRule] = []) {
    self.rules = rules.map { ($0, 0) }
  }

  /// Selects the faults that strike one request, and counts them.
  ///
  /// The first failure or page limit that applies strikes; without one, all distortions that apply
  /// do. All deliveries that apply strike in either case.
  ///
  /// - Parameter occasion: What the rules need to know of the request.
  /// - Returns: The faults that strike it.
  mutating func strike(_ occasion: Occasion) -> Strike {
    var strike = Strike()
    let due = rules.indices.filter { isDue(rules[$0], on: occasion) }
    for index in due where !strike.isRefusal {
      switch rules[index].rule.fault {
      case .failure(let failure, let retryAfter): strike.failure = (failure, retryAfter)
      case .pageLimit(let limit) where occasion.top.map { $0 > limit } ?? false:
        strike.pageLimit = limit
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

  private func isDue(_ entry: (rule: FaultRule, strikes: Int), on occasion: Occasion) -> Bool {
    let rule = entry.rule
    return (rule.page ?? occasion.page) == occasion.page
      && rule.times.map { entry.strikes < $0 } ?? true
      && (occasion.page > 1 || !rule.fault.needsPageToken)
      && (occasion.isFiltered || !rule.fault.needsFilter)
      && (occasion.hasClaims || !rule.fault.needsClaims)
      && rule.target.covers(occasion.target)
  }
}

/// The faults that strike one request.
struct Strike: Sendable {
  /// The error to answer with, if any.
  var failure: (kind: Fault.Failure, retryAfter: Fault.RetryAfter)?
  /// The largest `$top` that is accepted, if the request exceeds it.
  var pageLimit: Int?
  /// The distortions of the answer.
  var distortions: [Fault.Distortion] = []
  /// The faults of its delivery.
  var deliveries: [Fault.Delivery] = []

  /// Whether the request is refused, so that there is no answer to distort.
  var isRefusal: Bool { failure != nil || pageLimit != nil }
}
