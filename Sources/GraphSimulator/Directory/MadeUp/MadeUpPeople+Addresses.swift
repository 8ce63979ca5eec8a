extension MadeUpPeople {
  /// The SMTP address as the directory holds it: for a few people odd, or missing.
  func mail(_ number: Int, of name: FullName, isGuest: Bool) -> String? {
    let domain = isGuest ? "partner.\(name.culture.domain)" : name.culture.domain
    switch hash(.mail, number, below: 200) {
    case 0..<6: return nil
    case 6..<12: return "\(name.local)@\(domain)".uppercased()
    case 12..<16: return "\(Self.capitalized(name.local))@\(domain)"
    case 16: return " \(name.local)@\(domain)"
    case 17: return "\(name.local)@\(domain) "
    case 18, 19: return "\(name.local)+post@\(domain)"
    default: return "\(name.local)@\(domain)"
    }
  }

  /// The sign-in name; a guest's is the home address, with `_` for `@`, followed by `#EXT#`.
  func userPrincipalName(of name: FullName, isGuest: Bool) -> String {
    // Equal names in two cultures differ by the culture's domain.
    let account = "\(name.local)_\(isGuest ? "partner." : "")\(name.culture.domain)"
    return isGuest
      ? "\(account)#EXT#@\(Self.tenantDomain)" : "\(name.local)@\(name.culture.domain)"
  }

  /// Further addresses, such as one for account recovery; most people have none.
  func otherMails(_ number: Int, of name: FullName) -> [String] {
    hash(.arrays, number, below: 4) == 0 ? ["\(name.local)@mail.example.net"] : []
  }

  /// The primary address after `SMTP:`, aliases after `smtp:`, and some that are not for mail.
  func proxyAddresses(_ number: Int, of name: FullName, mail: String?) -> [String] {
    guard let mail else { return [] }
    let primary = "SMTP:\(mail)"
    switch hash(.arrays, number, below: 5) {
    case 0: return [primary, "smtp:\(name.local)@alias.\(name.culture.domain)"]
    case 1: return ["SMTP: \(mail)", "SIP:\(name.local)@\(name.culture.domain)"]
    case 2: return ["x500:/o=Simulated/cn=\(name.local)", primary]
    default: return [primary]
    }
  }

  /// `Matti.Virtanen` of `matti.virtanen`.
  private static func capitalized(_ local: String) -> String {
    local.split(separator: ".").map { $0.prefix(1).uppercased() + $0.dropFirst() }
      .joined(separator: ".")
  }
}
