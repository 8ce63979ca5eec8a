import EntraSync

extension List {
  /// What the guards say to a run.
  struct Verdict {
    /// Why a person has to look; `nil` if nobody has to.
    var objection: String?
    /// The groups that have lost more people than the guards let pass.
    var losses: [GroupLoss] = []
  }

  /// Decides about what a run has found.
  ///
  /// The list's own change comes first, since it may show what the others would.
  ///
  /// - Parameters:
  ///   - report: What it has found.
  ///   - memory: What is remembered of the list; `nil` if nothing is, or it cannot be read.
  /// - Returns: The objection, and the losses that a person would accept.
  func verdict(on report: Report, _ memory: ListMemory?) -> Verdict {
    let losses = memory.map { GroupLoss.all(from: $0.groups, to: RunRecord.groups(of: report)) }
    let objections = (losses ?? []).compactMap { loss in objection(to: loss).map { (loss, $0) } }
    let change = report.difference.change
    let foreign = adopts ? nil : memory.flatMap { ForeignLines.objection(to: change, $0) }
    return Verdict(
      objection: objection(to: change) ?? foreign ?? List.shortened(objections.map(\.1)),
      losses: objections.map(\.0))
  }

  /// Whether a change is the one that was accepted, or so little more or less of it that the guards
  /// let the rest pass.
  func covers(_ acceptance: Acceptance?, _ difference: ListDifference, _ losses: [GroupLoss])
    -> Bool
  {
    guard let acceptance, acceptance.covers(difference),
      losses.allSatisfy({ objection(to: acceptance.unseen(of: $0)) == nil })
    else { return false }
    return acceptance.shortfall(of: difference).map { objection(to: $0) == nil } ?? true
  }

  /// The objection of the first client whose guard does not let a change pass.
  private func objection(to change: ListChange) -> String? {
    for client in clients {
      if let objection = client.configuration.changeGuard.objection(to: change) { return objection }
    }
    return nil
  }

  /// The objection of the first client whose guard does not let a group's loss pass.
  private func objection(to loss: GroupLoss) -> String? {
    let mayBeEmpty = mayBeEmpty(loss)
    for client in clients {
      let changeGuard = client.configuration.changeGuard
      if let objection = changeGuard.objection(to: loss, mayBeEmpty: mayBeEmpty) {
        return objection
      }
    }
    return nil
  }

  /// Whether each configuration that excludes a group allows it to have nobody.
  private func mayBeEmpty(_ loss: GroupLoss) -> Bool {
    clients.map(\.configuration)
      .filter { $0.excludedGroups.contains { $0.text == loss.group } }
      .allSatisfy { $0.emptyExclusions == .allowed }
  }

  /// The first objections, and how many more there are.
  private static func shortened(_ objections: [String]) -> String? {
    guard !objections.isEmpty else { return nil }
    let most = 3
    let rest = objections.count - most
    return objections.prefix(most).joined(separator: "; ")
      + (rest > 0 ? "; and \(rest) more groups have lost people" : "")
  }
}
