/// Domains of addresses, as DOMAINS and EXCLUDEADDRESSES name them.
///
/// `example.com` is that domain alone, and `*.example.com` is every domain below it.
public struct DomainSet: Equatable, Sendable {
  private var domains = TextSet()
  private var parents = TextSet()

  /// A set without domains.
  public init() {}

  /// Whether there is no domain in it.
  public var isEmpty: Bool { domains.isEmpty && parents.isEmpty }

  /// Reads domains with commas between them.
  ///
  /// A refusal shows none of them, since the text may be a secret in the wrong line.
  ///
  /// - Parameter text: Each is `example.com` or `*.example.com`, in any case.
  /// - Throws: ``Malformed`` with the reason.
  public init(_ text: String) throws(Malformed) {
    for (index, part) in text.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
      guard insert(String(part).trimmed) else {
        throw Malformed(
          "is wrong in its entry \(index + 1), which is no domain; write it like example.com, or "
            + "*.example.com for the domains below it")
      }
    }
  }

  /// Adds a domain, or with `*.` in front all domains below it.
  ///
  /// - Parameter text: `example.com` or `*.example.com`, in any case.
  /// - Returns: `false` if no address could have it behind its @.
  mutating func insert(_ text: String) -> Bool {
    let isParent = text.hasPrefix("*.")
    let domain = isParent ? text.dropFirst(2) : text[...]
    // An address is read by one set of rules, wherever it comes from.
    guard let address = try? Address("a@\(isParent ? "a." : "")\(domain)") else { return false }
    if isParent {
      parents.insert(String(address.domain.dropFirst(2)))
    } else {
      domains.insert(String(address.domain))
    }
    return true
  }

  /// Whether an address belongs to one of the domains.
  ///
  /// - Parameter address: The address.
  /// - Returns: `true` if its domain, or a domain above it, is in the set.
  public func contains(_ address: Address) -> Bool {
    let domain = address.domain
    if domains.contains(String(domain)) { return true }
    guard !parents.isEmpty else { return false }
    var rest = domain
    while let dot = rest.firstIndex(of: ".") {
      rest = rest[dot...].dropFirst()
      if parents.contains(String(rest)) { return true }
    }
    return false
  }

  /// Whether a domain of ASCII characters in lower case is one of them, or below one.
  ///
  /// - Parameter domain: What is behind an address's @.
  /// - Returns: What ``contains(_:)`` says of the address.
  func contains(usual domain: UnsafeBufferPointer<UInt8>) -> Bool {
    if domains.contains(usual: domain) { return true }
    guard !parents.isEmpty else { return false }
    var rest = domain
    while let dot = rest.firstIndex(of: UInt8(ascii: ".")) {
      rest = rest[part: dot + 1..<rest.count]
      if parents.contains(usual: rest) { return true }
    }
    return false
  }
}
