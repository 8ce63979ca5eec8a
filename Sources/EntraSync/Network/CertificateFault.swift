/// Why a server's certificate is not trusted, found by the number of OpenSSL's verify result.
public enum CertificateFault: Equatable, Sendable {
  /// It, or an authority's certificate above it, has expired.
  case expired
  /// It is not valid yet.
  case notYetValid
  /// It is self-signed.
  case selfSigned
  /// No known authority signed it.
  case unknownAuthority
  /// It is valid, but for another host.
  case otherName
  /// Its key or signature is too weak for this system.
  case tooWeak
  /// Anything else.
  case other

  /// The fault that a verify result stands for.
  ///
  /// libcurl checks the name itself, before it notes the result. So a certificate that is refused
  /// without a verify result is for another name.
  ///
  /// Source: OpenSSL's `x509_vfy.h`.
  ///
  /// - Parameter verifyResult: Such as 10.
  public init(verifyResult: Int) {
    switch verifyResult {
    case 10: self = .expired
    case 9: self = .notYetValid
    case 18: self = .selfSigned
    case 2, 19, 20, 21, 27: self = .unknownAuthority
    case 0, 1, 62, 64: self = .otherName
    case 66, 67, 68: self = .tooWeak
    default: self = .other
    }
  }

  /// What is wrong and what to do about it.
  ///
  /// - Parameters:
  ///   - peer: Whose certificate it is.
  ///   - detail: libcurl's own words.
  ///   - configuration: Whose keys and lines it names.
  /// - Returns: A message.
  func message(_ peer: String, detail: String, _ configuration: Configuration) -> String {
    let authorities = configuration.keyAndLine(.caFile)
    let certificate = "the certificate of \(peer)"
    switch self {
    case .expired:
      return "\(certificate) has expired; have it renewed, or set this server's clock right"
    case .notYetValid:
      return "\(certificate) is not valid yet; set this server's clock right"
    case .selfSigned:
      return "\(certificate) is self-signed; if it is the right server, put its "
        + "certificate into \(authorities)"
    case .unknownAuthority:
      return "\(certificate) is signed by an authority that is not known here; if it is the right "
        + "server, or a proxy that inspects TLS, put that authority's certificate into "
        + authorities
    case .otherName:
      return "\(certificate) is for another name; check LOGINURL, GRAPHURL, DNS and the proxy"
    case .tooWeak:
      return "\(certificate) is too weak for this server's OpenSSL; have it renewed"
    case .other:
      return "\(certificate) is not trusted (\(detail)); check \(authorities) and the clock"
    }
  }
}
