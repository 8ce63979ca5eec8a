/// Addresses, one by one or by their domains, as EXCLUDEADDRESSES names them.
public struct AddressSet: Equatable, Sendable {
  private var addresses = TextSet()
  private var domains = DomainSet()

  /// A set without addresses.
  public init() {}

  /// Whether there is no address in it.
  public var isEmpty: Bool { addresses.isEmpty && domains.isEmpty }

  /// Reads addresses with commas between them.
  ///
  /// A refusal shows none of them, since the text may be a secret in the wrong line.
  ///
  /// - Parameter text: Each is `anna@example.com`, `*@example.com` or `*@*.example.com`.
  /// - Throws: ``Malformed`` with the reason.
  public init(_ text: String) throws(Malformed) {
    for (index, part) in text.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
      guard insert(String(part).trimmed) else {
        throw Malformed(
          "is wrong in its entry \(index + 1), which is no address; write it like "
            + "anna@example.com, or *@example.com for all addresses of a domain")
      }
    }
  }

  private mutating func insert(_ text: String) -> Bool {
    if text.hasPrefix("*@") { return domains.insert(String(text.dropFirst(2))) }
    // Exchange's prefix is how the directory writes addresses; it is no part of one.
    guard !text.contains(":"), let address = try? Address(text) else { return false }
    addresses.insert(address.text)
    return true
  }

  /// Whether an address, or its domain, is in the set.
  ///
  /// - Parameter address: The address.
  /// - Returns: `true` if either is.
  public func contains(_ address: Address) -> Bool {
    addresses.contains(address.text) || domains.contains(address)
  }

  /// Whether an address of ASCII characters in lower case, or its domain, is in the set.
  ///
  /// - Parameters:
  ///   - address: The whole address.
  ///   - domain: What is behind its @.
  /// - Returns: What ``contains(_:)`` says of the address.
  func contains(
    usual address: UnsafeBufferPointer<UInt8>, in domain: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    addresses.contains(usual: address) || domains.contains(usual: domain)
  }
}
