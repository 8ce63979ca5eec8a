/// Reads the values of a configuration one by one. Errors name line and key.
struct ConfigurationValues {
  let text: ConfigurationText

  init(_ text: ConfigurationText) {
    self.text = text
  }

  /// The value of a required key.
  func required<Value>(
    _ key: ConfigurationKey, _ meaning: String, parse: (String) throws(Malformed) -> Value
  ) throws(EntraSyncError) -> Value {
    guard let value = try optional(key, parse: parse) else {
      throw EntraSyncError(
        .configuration, "\(key.rawValue) is missing; add a line \(key.rawValue) = with \(meaning)")
    }
    return value
  }

  /// The value of an optional key; `nil` if the file does not have it.
  func optional<Value>(
    _ key: ConfigurationKey, parse: (String) throws(Malformed) -> Value
  ) throws(EntraSyncError) -> Value? {
    guard let entry = text.entries[key] else { return nil }
    do {
      return try parse(entry.value)
    } catch {
      let slip = Slip.explaining(entry.value) { (try? parse($0)) != nil }
      throw EntraSyncError(
        .configuration, "line \(entry.line): \(key.rawValue) \(slip?.reason ?? error.reason)")
    }
  }

  /// Doubts about values that may be any text, one line each.
  var doubts: [String] {
    ConfigurationKey.allCases.flatMap { key -> [String] in
      guard let entry = text.entries[key], let kind = key.freeText else { return [] }
      let reasons =
        kind == .secret
        ? ClientSecretDoubt.reasons(entry.value)
        : entry.isQuoted ? [] : [Slip.in(entry.value)?.doubt].compactMap(\.self)
      return reasons.map { "line \(entry.line): \(key.rawValue) \($0)" }
    }
  }

  /// The value of a key, or its default if the file does not have the key.
  func value<Value>(
    _ key: ConfigurationKey, default text: String, parse: (String) throws(Malformed) -> Value
  ) throws(EntraSyncError) -> Value {
    if let value = try optional(key, parse: parse) { return value }
    do {
      return try parse(text)
    } catch {
      throw EntraSyncError(.configuration, "\(key.rawValue) \(error.reason)")
    }
  }

  /// What the file demands of addresses and telephone numbers.
  func valueRules() throws(EntraSyncError) -> ValueRules {
    var rules = ValueRules()
    rules.country = try optional(.countryCode, parse: ValueSyntax.countryCode)
    rules.phones = try optional(.phones, parse: ValueSyntax.choice) ?? .all
    if rules.phones == .mobile, rules.country == nil, let line = text.entries[.phones]?.line {
      throw EntraSyncError(
        .configuration,
        "line \(line): PHONES = mobile needs COUNTRYCODE; add a line COUNTRYCODE = with the country "
          + "code of numbers that have none, such as +358")
    }
    rules.domains = try optional(.domains, parse: ValueSyntax.domains) ?? DomainSet()
    rules.excludedAddresses =
      try optional(.excludeAddresses, parse: ValueSyntax.addresses) ?? AddressSet()
    return rules
  }
}
