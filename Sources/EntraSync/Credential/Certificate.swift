/// The facts about a certificate that matter to a sign-in.
///
/// Times are seconds since 1970.
public struct Certificate: Equatable, Sendable {
  /// The shortest RSA key that Entra ID accepts, in bits.
  public static let shortestKey = 2048

  /// The SHA-256 hash of its DER encoding, by which Entra ID identifies it.
  public var thumbprint: [UInt8]
  /// The SHA-1 hash in hexadecimal digits, which Entra ID's own pages show.
  public var shownThumbprint: String
  /// The first moment at which it is valid.
  public var begins: Double
  /// The moment from which it is no longer valid.
  public var ends: Double
  /// The length of its RSA key, in bits; `nil` for a key of another kind.
  public var keyLength: Int?

  /// Creates a certificate from its parts.
  public init(
    thumbprint: [UInt8], shownThumbprint: String, begins: Double, ends: Double, keyLength: Int?
  ) {
    self.thumbprint = thumbprint
    self.shownThumbprint = shownThumbprint
    self.begins = begins
    self.ends = ends
    self.keyLength = keyLength
  }

  /// The certificate to sign in with, of several that belong to a key.
  ///
  /// It is the one that ends last, of those that are valid now if there are any.
  ///
  /// - Parameters:
  ///   - certificates: The certificates in the order of their files.
  ///   - now: The time.
  /// - Returns: The index of the certificate; `nil` if there is none.
  public static func choice(among certificates: [Certificate], at now: Double) -> Int? {
    func rank(_ certificate: Certificate) -> (Int, Double) {
      (certificate.begins <= now && now < certificate.ends ? 1 : 0, certificate.ends)
    }
    return certificates.indices.max { one, other in
      let (earlier, later) = (rank(certificates[one]), rank(certificates[other]))
      // Of equals the first counts.
      return earlier == later ? one > other : earlier < later
    }
  }

  /// Says that it has ended, so that Entra ID would refuse it.
  ///
  /// - Parameters:
  ///   - now: The time.
  ///   - configuration: Whose key and line the message names.
  /// - Returns: `.configuration`; `nil` before its end.
  public func refusal(at now: Double, of configuration: Configuration) -> EntraSyncError? {
    guard now >= ends else { return nil }
    return EntraSyncError(
      .configuration,
      "the certificate of \(configuration.keyAndLine(.clientCertificate)) expired on "
        + "\(CalendarTime.text(ends)); make a new one with its key, upload it to the application in "
        + "Entra ID, and replace both files")
  }

  /// Checks that it can be used for a sign-in.
  ///
  /// - Parameters:
  ///   - now: The time.
  ///   - configuration: Whose key and line the message names.
  /// - Throws: `.configuration` for a certificate that Entra ID would refuse.
  public func check(at now: Double, of configuration: Configuration) throws(EntraSyncError) {
    let subject = "the certificate of \(configuration.keyAndLine(.clientCertificate))"
    if let refusal = refusal(at: now, of: configuration) { throw refusal }
    guard now >= begins else {
      throw EntraSyncError(
        .configuration,
        "\(subject) is not valid before \(CalendarTime.text(begins)); set this server's clock right"
      )
    }
    guard let keyLength else {
      throw EntraSyncError(
        .configuration,
        "\(subject) has no RSA key, which Entra ID requires; make one with an RSA key of "
          + "\(Certificate.shortestKey) bits or more")
    }
    guard keyLength >= Certificate.shortestKey else {
      throw EntraSyncError(
        .configuration,
        "\(subject) has a key of \(keyLength) bits, which is too short for Entra ID; make one with "
          + "an RSA key of \(Certificate.shortestKey) bits or more")
    }
  }
}
