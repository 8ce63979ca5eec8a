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
  /// - Parameter occasion: What is asked for.
  /// - Returns: All that goes wrong.
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
      && rule.target.covers(occasion.target)
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
