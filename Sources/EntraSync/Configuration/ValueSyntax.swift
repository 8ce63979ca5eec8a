/// Parses each kind of value in a configuration.
enum ValueSyntax {
  /// A GUID or a verified domain, in lower case.
  static func tenant(_ text: String) throws(Malformed) -> String {
    if let id = ObjectID(text) { return id.text }
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    let isDomain =
      labels.count >= 2
      && labels.allSatisfy { label in
        !label.isEmpty && label.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == 0x2D }
      }
    guard isDomain else {
      throw Malformed(
        "must be the tenant's GUID or one of its domains, such as contoso.onmicrosoft.com")
    }
    return text.lowercased()
  }

  /// One GUID.
  static func objectID(_ text: String) throws(Malformed) -> ObjectID {
    guard let id = ObjectID(text) else {
      throw Malformed("must be a GUID such as 4290173a-9421-4eb6-acb4-03f2add15a5f")
    }
    return id
  }

  /// GUIDs that are separated by commas. Repeated ones are kept once.
  static func objectIDs(_ text: String) throws(Malformed) -> [ObjectID] {
    var ids: [ObjectID] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let id = try objectID(String(part).trimmed)
      if !ids.contains(id) { ids.append(id) }
    }
    return ids
  }

  /// A URL of scheme, host, port and path.
  static func endpoint(_ text: String) throws(Malformed) -> Endpoint {
    let endpoint = try Endpoint(text)
    guard !endpoint.path.hasSuffix("/v1.0"), !endpoint.path.hasSuffix("/beta") else {
      throw Malformed("must end before /v1.0, which is added to it")
    }
    return endpoint
  }

  /// A proxy, with or without scheme and credentials.
  static func proxy(_ text: String) throws(Malformed) -> Secret {
    let schemes = ["http://", "https://", "socks4://", "socks4a://", "socks5://", "socks5h://"]
    let scheme = schemes.first { text.lowercased().hasPrefix($0) } ?? ""
    let parts = text.dropFirst(scheme.count)
      .split(separator: "@", omittingEmptySubsequences: false)
    guard let place = parts.last, parts.count <= 2,
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
      !text.dropFirst(scheme.count).contains(where: { "/?#\\\"".contains($0) })
    else {
      throw Malformed(
        "must be like http://user:password@proxy.example.com:3128, with anything but letters and "
          + "digits in the password written as %XX")
    }
    // Host and port follow the same rules as those of an endpoint.
    _ = try Endpoint("https://\(place)")
    return Secret(text.utf8)
  }

  /// Names of attributes.
  static func queryFilter(_ text: String) throws(Malformed) -> QueryFilter { try QueryFilter(text) }

  /// A country code.
  static func countryCode(_ text: String) throws(Malformed) -> CountryCode { try CountryCode(text) }

  /// Domains of addresses that are separated by commas.
  static func domains(_ text: String) throws(Malformed) -> DomainSet {
    try DomainSet(notEmpty(text))
  }

  /// Addresses that are separated by commas.
  static func addresses(_ text: String) throws(Malformed) -> AddressSet {
    try AddressSet(notEmpty(text))
  }

  /// A limit of a list's change.
  static func limit(_ text: String) throws(Malformed) -> ChangeGuard.Limit {
    try ChangeGuard.Limit(text)
  }

  /// A text that is not empty.
  static func notEmpty(_ text: String) throws(Malformed) -> String {
    guard !text.isEmpty else {
      throw Malformed("is empty; put a value after it or remove the line")
    }
    return text
  }

  /// The path of a file or a folder.
  ///
  /// Source: PATH_MAX of linux/limits.h, which counts the NUL at its end.
  static func path(_ text: String) throws(Malformed) -> String {
    guard text.utf8.count < 4096 else {
      throw Malformed("is longer than the 4095 bytes that a path can have")
    }
    return try notEmpty(text)
  }

  /// A day, or a time in UTC, as Entra ID shows one.
  ///
  /// - Returns: Seconds since 1970; for a day, its last second.
  static func date(_ text: String) throws(Malformed) -> Double {
    guard let time = CalendarTime.read(text) else {
      throw Malformed("must be a date with the year first, such as 2027-03-31")
    }
    return time
  }

  /// A duration.
  static func seconds(_ text: String) throws(Malformed) -> Int {
    guard let value = Int(text), (1...86_400).contains(value) else {
      throw Malformed("must be a whole number of seconds from 1 to 86400")
    }
    return value
  }

  /// One of a few words, in any case.
  static func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ text: String
  ) throws(Malformed) -> Choice {
    guard let value = Choice(rawValue: text.lowercased()) else {
      let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw Malformed("must be one of \(names)")
    }
    return value
  }
}
