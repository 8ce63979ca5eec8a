/// What somebody whom Graph's filter has found has to do with an address, by the rules of lists.
///
/// Graph's filter only narrows the search. The address counts as a list would hold it.
struct AddressMatch: Sendable {
  /// Somebody who has the address in some attribute.
  struct Candidate: Sendable {
    /// The person as Graph shows it.
    let member: Member
    /// The claim of a person whom the configuration wants; `nil` if a list would not hold the
    /// address for this person, so that only EXCLUDEGROUPID matters.
    let claim: AddressFinding.Claimant?
    /// Why it is not known whether the configuration wants the person.
    let doubt: String?
  }

  /// The address as a list would hold it.
  let address: String
  private let field: QueryFilter.Field
  private let withAliases: Bool
  private let configuration: Configuration
  private let filter: AccountFilter

  /// Takes the address and the configuration's choices.
  ///
  /// - Parameters:
  ///   - address: The address as a list would hold it.
  ///   - field: The field of QUERYFILTER that is the address.
  ///   - configuration: Which people count.
  ///   - withAliases: Whether a person's other addresses count too.
  init(
    _ address: String, in field: QueryFilter.Field, of configuration: Configuration,
    withAliases: Bool
  ) {
    self.address = address
    self.field = field
    self.withAliases = withAliases
    self.configuration = configuration
    filter = AccountFilter(configuration, excluded: [])
  }

  /// Judges somebody whom Graph's filter has found.
  ///
  /// - Parameter person: The person as Graph shows it.
  /// - Throws: `.permission` if Graph hides what has to be known.
  /// - Returns: `nil` if the person has nothing to do with the address.
  func candidate(_ person: Member) throws(EntraSyncError) -> Candidate? {
    if let claim = try claim(of: person) {
      switch try admission(of: person) {
      case .admitted: return Candidate(member: person, claim: claim, doubt: nil)
      case .unclear(let reason): return Candidate(member: person, claim: nil, doubt: reason)
      case .leftOut: break
      }
    }
    return canExclude(person) ? Candidate(member: person, claim: nil, doubt: nil) : nil
  }

  /// Whether the address is the name with which a person signs in.
  func isSignInName(of person: Member) -> Bool {
    guard let name = person.values(of: .signInName).first, let own = try? Address(name) else {
      return false
    }
    return own.text.hasSameBytes(as: address)
  }

  /// The claim that a list would know of; `nil` if the address is not the person's.
  private func claim(of person: Member) throws(EntraSyncError) -> AddressFinding.Claimant? {
    // A match by anything but the sign-in name proves that an address exists. If Graph shows none,
    // a permission is missing.
    let sources = field.alternatives + (withAliases ? [.aliases] : [])
    guard
      sources.contains(where: { person.hasValue(of: $0) })
        || isSignInName(of: person)
    else {
      throw EntraSyncError(
        .permission,
        "Graph shows no \(field.description) of somebody who has the address, so the application "
          + "most likely lacks a permission; "
          + PermissionAdvice.give(
            person.isUser ? PermissionAdvice.readUsers : PermissionAdvice.readContacts))
    }
    let reading = LineShape.reading(
      of: field, in: person, by: configuration.valueRules, skip: { _ in })
    if let index = reading.alternative, reading.values.containsBytes(of: address) {
      // Narrow only the attribute that matches. userPrincipalName must stay intact as an identity.
      var narrowed = person
      narrowed.keep(address, of: field.alternatives[index])
      return AddressFinding.Claimant(
        member: narrowed, rank: ClaimRank(alternative: index, of: person))
    }
    guard withAliases, isShown(in: .aliases, of: person) else { return nil }
    let last = ClaimRank(alternative: field.alternatives.count, of: person)
    return AddressFinding.Claimant(member: person, rank: last, isAlias: true)
  }

  private func isShown(in attribute: Attribute, of person: Member) -> Bool {
    let field = QueryFilter.Field(alternatives: [attribute])
    return LineShape.values(of: field, in: person, by: configuration.valueRules, skip: { _ in })
      .containsBytes(of: address)
  }

  /// Whether EXCLUDEGROUPID can leave the address out because of this person.
  private func canExclude(_ person: Member) -> Bool {
    !configuration.excludedGroups.isEmpty
      && Exclusions.addresses(of: person, reading: field).contains {
        $0.address.hasSameBytes(as: address)
      }
  }

  /// Whether the configuration admits a person.
  ///
  /// ``PermissionCheck`` notices a missing permission in a list. For one person, a visible userType
  /// shows that accountEnabled would be visible too, and the other way round.
  private func admission(of person: Member) throws(EntraSyncError) -> AccountFilter.Admission {
    guard person.isUser else { return filter.admission(of: person) }
    let account = person.account
    if account.userType == nil, account.isEnabled == nil {
      let needed: (name: String, setting: String)? =
        if configuration.accounts == .enabled {
          ("accountEnabled", "ACCOUNTS = enabled")
        } else if configuration.userType != .all {
          ("userType", "USERTYPE = \(configuration.userType.rawValue)")
        } else {
          nil
        }
      if let needed {
        throw EntraSyncError(
          .permission,
          "Graph does not show \(needed.name), which \(needed.setting) needs; "
            + PermissionAdvice.give(to: "the application"))
      }
    }
    return filter.admission(of: person)
  }
}
