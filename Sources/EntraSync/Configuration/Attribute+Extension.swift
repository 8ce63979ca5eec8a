extension Attribute {
  /// The object of a user that holds the fifteen attributes of Exchange.
  ///
  /// Source: Microsoft Graph v1.0, resource type `onPremisesExtensionAttributes`.
  static let exchangeObject = "onPremisesExtensionAttributes"
  /// The fifteen attributes of Exchange begin with this.
  private static let exchangePrefix = "extensionAttribute"
  /// A directory extension begins with this.
  private static let directoryPrefix = "extension_"

  /// An attribute that a site fills as it likes: `extensionAttribute1` to `15`, or a directory
  /// extension such as `extension_0123456789abcdef0123456789abcdef_smsNumber`.
  ///
  /// Source: Microsoft Graph, "Add custom data to resources by using extensions".
  ///
  /// - Parameters:
  ///   - name: The name as a person typed it. The last part of a directory extension counts with
  ///     its capital letters.
  ///   - kind: What a site keeps in it.
  init?(extension name: String, _ kind: Kind) {
    let lowercased = name.lowercased()
    if let number = Attribute.number(after: Attribute.exchangePrefix, in: lowercased) {
      guard (1...15).contains(number) else { return nil }
      self.init("\(Attribute.exchangePrefix)\(number)", kind, in: Attribute.exchangeObject)
    } else {
      let parts = name.split(separator: "_", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, lowercased.hasPrefix(Attribute.directoryPrefix),
        parts[1].utf8.count == 32, parts[1].allSatisfy({ $0.isASCII && $0.isHexDigit }),
        !parts[2].isEmpty, parts[2].utf8.count <= 128,
        parts[2].utf8.allSatisfy({ $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") })
      else { return nil }
      let application = parts[1].lowercased()
      self.init("\(Attribute.directoryPrefix)\(application)_\(parts[2])", kind)
    }
  }

  /// Whether a site fills it as it likes, so that the QUERYFILTER has to tell its kind.
  var isExtension: Bool { name.lowercased().hasPrefix("extension") }

  /// What a `$select` names to get it.
  var selection: String { container ?? name }

  /// What a `$filter` calls it.
  var filterPath: String { container.map { "\($0)/\(name)" } ?? name }

  /// Whether Graph filters by it only in its index, with `ConsistencyLevel: eventual`.
  ///
  /// Source: Microsoft Graph, "Advanced query capabilities on Microsoft Entra ID objects".
  var needsIndex: Bool { container != nil }

  /// The name with its kind, as a QUERYFILTER has it.
  var description: String {
    isExtension && kind != .text ? "\(name):\(kind.rawValue)" : name
  }

  /// Reads an entry of a QUERYFILTER, such as `mail` or `extensionAttribute3:phone`.
  ///
  /// - Parameter text: The entry without white space around it.
  /// - Throws: ``Malformed`` with the reason.
  init(typed text: String) throws(Malformed) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts.first ?? "").trimmed
    guard !name.isEmpty else {
      throw Malformed("has an empty name in it; write it like mail,mobilePhone")
    }
    guard let attribute = Attribute(named: name) else { throw Attribute.unknown(name) }
    guard parts.count == 2 else {
      self = attribute
      return
    }
    let word = String(parts[1]).trimmed
    guard let kind = Kind(rawValue: word.lowercased()) else {
      let shown = word.isPlainWord ? ", \(word.quoted())" : ""
      throw Malformed(
        "gives \(attribute.name) a kind that is not known\(shown); write :address, :phone or :text "
          + "behind the name")
    }
    guard attribute.isExtension || attribute.kind == kind else {
      throw Malformed(
        "gives \(attribute.name) the kind \(kind.rawValue), but it holds \(attribute.kind.noun); "
          + "write it without a kind")
    }
    self = attribute.isExtension ? attribute.with(kind) : attribute
  }

  private func with(_ kind: Kind) -> Attribute { Attribute(name, kind, in: container) }

  private static func unknown(_ name: String) -> Malformed {
    let lowercased = name.lowercased()
    // A name of another form may be a secret in the wrong place, and is not shown.
    let isName =
      name.utf8.count <= 180
      && name.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
    if isName, lowercased.hasPrefix(directoryPrefix) {
      return Malformed(
        "names \(name.quoted()), which is no directory extension; write extension_, the "
          + "application's id without hyphens, _ and the extension's name")
    }
    if isName, lowercased.hasPrefix(exchangePrefix.lowercased()) {
      return Malformed(
        "names \(name.quoted()); there are extensionAttribute1 to extensionAttribute15")
    }
    guard name.isPlainWord else {
      return Malformed(
        "names something that is not an attribute; write the names with commas between, "
          + "like mail,mobilePhone")
    }
    return Malformed(
      "names \(name.quoted()), which is not an attribute that a list can hold; "
        + "use mail or mail,mobilePhone")
  }

  /// The whole number that follows a prefix and begins with no zero.
  private static func number(after prefix: String, in text: String) -> Int? {
    guard text.hasPrefix(prefix.lowercased()) else { return nil }
    let digits = text.dropFirst(prefix.utf8.count)
    guard digits.utf8.allSatisfy(\.isDigit), digits.utf8.first != UInt8(ascii: "0") else {
      return nil
    }
    return Int(digits)
  }
}

extension Attribute.Kind {
  /// What a message calls the values.
  fileprivate var noun: String {
    switch self {
    case .address: "addresses"
    case .phone: "telephone numbers"
    case .text: "text"
    }
  }
}
