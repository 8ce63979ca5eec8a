/// What a configuration demands of values beyond what any list does.
///
/// It is made once for each configuration. A value that it refuses is left out on purpose, and
/// named.
public struct ValueRules: Equatable, Sendable {
  /// Which telephone numbers count.
  public enum Phones: String, Sendable, CaseIterable {
    /// All of them.
    case all
    /// Only those that a text message may reach, as far as is known.
    case mobile
  }

  /// The country of numbers that name none, from COUNTRYCODE; `nil` to keep them as they are.
  public var country: CountryCode?
  /// Which telephone numbers count, from PHONES.
  public var phones = Phones.all
  /// The only domains whose addresses count, from DOMAINS; empty for every domain.
  public var domains = DomainSet()
  /// The addresses that do not count, from EXCLUDEADDRESSES.
  public var excludedAddresses = AddressSet()

  /// Rules that demand nothing.
  public init() {}

  /// Reads an address, and checks that the configuration wants it.
  ///
  /// - Parameter value: The directory's value.
  /// - Throws: ``Malformed`` with the reason why it is left out.
  /// - Returns: The address.
  public func address(_ value: String) throws(Malformed) -> Address {
    let address = try Address(value)
    guard domains.isEmpty || domains.contains(address) else {
      throw Malformed("is in no domain of DOMAINS", isIntended: true)
    }
    guard !excludedAddresses.contains(address) else {
      throw Malformed("is left out by EXCLUDEADDRESSES", isIntended: true)
    }
    return address
  }

  /// Whether some addresses are left out.
  var demandsAddresses: Bool { !domains.isEmpty || !excludedAddresses.isEmpty }

  /// Whether a list of the configuration may hold an address that was added by
  /// ``Address/appendUsual(_:to:)``.
  ///
  /// - Parameter address: The address.
  /// - Returns: `false` if DOMAINS or EXCLUDEADDRESSES keeps it out.
  func admits(usual address: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let at = address.firstIndex(of: UInt8(ascii: "@")) else { return false }
    let domain = address[part: at + 1..<address.count]
    return (domains.isEmpty || domains.contains(usual: domain))
      && !excludedAddresses.contains(usual: address, in: domain)
  }

  /// Whether a list of the configuration may hold an address.
  ///
  /// - Parameter address: The address.
  /// - Returns: `false` if DOMAINS or EXCLUDEADDRESSES keeps it out.
  func admits(_ address: Address) -> Bool {
    (try? self.address(address.text)) != nil
  }

  /// Reads a telephone number, and checks that the configuration wants it.
  ///
  /// - Parameter value: The directory's value.
  /// - Throws: ``Malformed`` with the reason why it is left out.
  /// - Returns: The number, in E.164 if there is a COUNTRYCODE.
  public func phoneNumber(_ value: String) throws(Malformed) -> PhoneNumber {
    try PhoneNumber(value, of: country, phones: phones)
  }
}
