/// Why a TLS handshake ended without a connection, found by the number of OpenSSL's error code.
public enum HandshakeFault: Equatable, Sendable {
  /// The other side does not speak TLS.
  case notTLS
  /// No version of TLS is allowed on both sides.
  case noCommonVersion
  /// No cipher, group or signature is allowed on both sides.
  case noCommonCipher
  /// The server does not know the name that it was asked for.
  case unknownName
  /// It broke off, as when a server restarts: there was no code, or one that may be another next
  /// time.
  case brokenOff

  /// Finds the code in libcurl's words, which quote OpenSSL as its `ERR_error_string` writes it:
  /// `error:0A00010B:SSL routines::wrong version number`.
  ///
  /// The words after the code change from version to version and are not looked at.
  ///
  /// - Parameter words: What libcurl said.
  public init(words: String) {
    let parts = words.split(separator: ":")
    let codes = zip(parts, parts.dropFirst()).compactMap { label, code in
      label.hasSuffix("error") && code.utf8.count == 8 && code.utf8.allSatisfy(\.isHexDigit)
        ? UInt32(code, radix: 16) : nil
    }
    self = codes.first.map(HandshakeFault.init(code:)) ?? .brokenOff
  }

  /// The fault that a code stands for.
  ///
  /// Source: OpenSSL's `err.h` and `sslerr.h`. The library is in the upper bits, at one place since
  /// 3.0 and at another before; the reason is in the lower twelve, and a fatal alert of the
  /// server's is its number (RFC 8446, section 6.2) and 1000.
  ///
  /// - Parameter code: Such as 0x0A00010B.
  public init(code: UInt32) {
    let isTLS = code >> 23 == 20 || code >> 24 == 20
    switch isTLS ? code & 0xFFF : 0 {
    case 155, 156, 252, 267: self = .notTLS
    case 166, 191, 258, 266, 396, 1070, 1086: self = .noCommonVersion
    case 181, 193, 241, 248, 261, 338, 370, 376, 394, 410, 1040, 1071: self = .noCommonCipher
    case 1112: self = .unknownName
    default: self = .brokenOff
    }
  }

  /// What happened and what to do about it.
  ///
  /// - Parameters:
  ///   - peer: Who was spoken to.
  ///   - detail: libcurl's own words.
  /// - Returns: A message.
  func message(_ peer: String, detail: String) -> String {
    switch self {
    case .notTLS:
      "no TLS connection to \(peer): the other side does not speak TLS (\(detail)); check host "
        + "and port in LOGINURL and GRAPHURL, and the proxy"
    case .noCommonVersion:
      "no TLS connection to \(peer): it has no version of TLS in common with this server "
        + "(\(detail)); it must offer TLS 1.2 or 1.3"
    case .noCommonCipher:
      "no TLS connection to \(peer): it has no cipher in common with this server (\(detail)); it "
        + "must offer one that this server's OpenSSL allows"
    case .unknownName:
      "no TLS connection to \(peer): it does not know that name (\(detail)); check LOGINURL, "
        + "GRAPHURL and DNS"
    case .brokenOff:
      "no TLS connection to \(peer): the handshake broke off (\(detail)); check network, firewall "
        + "and proxy"
    }
  }
}
