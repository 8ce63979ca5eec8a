extension Report {
  /// How many people are named as left out.
  public static let mostNames = 100

  /// What a check says of each excluded group.
  public var exclusionSteps: [CheckStep] {
    excludedByGroup.map { group, people in
      CheckStep(
        .group, people == 0 ? .doubtful : .passed,
        "excluded group \(group.text): \(people) people are in it, and are left out")
    }
  }

  /// What a check says of the members as a whole.
  public var membersStep: CheckStep {
    let nested =
      nestedGroups > 0
      ? "; \(nestedGroups) nested groups were not followed (MEMBERSHIP = transitive does)" : ""
    let externals =
      externalMembers > 0
      ? "; \(externalMembers) of those taken are external members "
        + "(USERTYPE = internal leaves them out)"
      : ""
    let others = othersText.map { "; not read: \($0)" } ?? ""
    let isDoubtful = fetched == 0 || nestedGroups > 0 || unknownKinds > 0
    return CheckStep(
      .members, isDoubtful ? .doubtful : .passed,
      "\(fetched) people were read, \(excluded) of them are left out on purpose" + externals
        + nested + others)
  }

  /// Whom a check names as left out, with the reason.
  public var skipSteps: [CheckStep] {
    let shown = skips.prefix(Report.mostNames).map {
      CheckStep(.members, .doubtful, "left out: \($0.person): \($0.reason)")
    }
    guard skips.count > shown.count else { return shown }
    return shown + [
      CheckStep(.members, .doubtful, "left out: \(skips.count - shown.count) more")
    ]
  }
}

extension Report.Skip {
  /// The person as messages name one: the object id, with the names that are known.
  public var person: String {
    let names = [displayName?.quoted(), signInName].compactMap { $0 }
    return names.isEmpty ? name : "\(name) (\(names.joined(separator: ", ")))"
  }
}
