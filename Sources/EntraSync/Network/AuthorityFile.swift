/// Checks the content of a CAFILE before it is used. It must be certificates in PEM.
///
/// Source: RFC 7468, sections 2 and 5; OpenSSL's `PEM_read_bio_X509`, for the older labels.
public enum AuthorityFile {
  private static let labels = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"]

  /// Says what a person has to correct. OpenSSL judges what is inside a certificate.
  ///
  /// - Parameter content: The file's bytes.
  /// - Returns: The rest of a sentence about the file; `nil` if it has a whole certificate.
  public static func problem(_ content: [UInt8]) -> String? {
    guard !content.isEmpty else { return "is empty; it must hold certificates in PEM" }
    let lines = content.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    let begins = count(lines, "BEGIN")
    let ends = count(lines, "END")
    guard begins > 0 || ends > 0 else {
      // A certificate in DER is an ASN.1 sequence of more than 255 bytes.
      return content.starts(with: [0x30, 0x82])
        ? "is in DER; convert it to PEM with: openssl x509 -inform DER"
        : "holds no certificate; it must hold certificates in PEM"
    }
    guard begins == ends else {
      return "ends in the middle of a certificate; export it again, in PEM"
    }
    // OpenSSL would ask for the password, on the terminal of the process.
    return hasEncrypted(content)
      ? "holds an encrypted certificate; export it again, in PEM and without a password" : nil
  }

  /// Whether a certificate begins with the header of encrypted PEM. What OpenSSL takes for white
  /// space, or for the end of a line that is too long, does not hide it.
  ///
  /// Source: RFC 1421, section 4.6.1.1.
  private static func hasEncrypted(_ content: [UInt8]) -> Bool {
    let header = Array("Proc-Type:".utf8)
    let label = "CERTIFICATE-----".utf8.reversed()
    return content.indices.contains { start in
      guard content[start] == header[0], content[start...].starts(with: header) else {
        return false
      }
      let before = content[..<start].reversed().drop { $0 <= UInt8(ascii: " ") || $0 >= 0x80 }
      return before.starts(with: label)
    }
  }

  private static func count(_ lines: [ArraySlice<UInt8>], _ word: String) -> Int {
    let marks = labels.map { Array("-----\(word) \($0)-----".utf8) }
    return lines.count { line in marks.contains { line.starts(with: $0) } }
  }
}
