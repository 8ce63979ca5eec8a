import Testing

@testable import EntraSync

@Suite struct PEMTextTests {
  static let body = String(repeating: "QUJD", count: 40)
  static let object = "-----BEGIN CERTIFICATE-----\n\(body)\n-----END CERTIFICATE-----\n"
  static let written =
    "-----BEGIN CERTIFICATE-----\n\(body.prefix(64))\n\(body.dropFirst(64).prefix(64))\n"
    + "\(body.dropFirst(128))\n-----END CERTIFICATE-----\n"

  static func texts(_ text: String) -> [String] {
    PEMText(Array(text.utf8)).blocks.map { block in
      block.text.withBytes { String(decoding: $0, as: UTF8.self) }
    }
  }

  @Test(
    "An object in PEM is written in the same way, whatever is around it and in it",
    arguments: [
      object, "\u{FEFF}" + object, object.replacing("\n", with: "\r\n"),
      object.replacing("\n", with: "\r"), object.replacing("\n", with: "\n\n"),
      object.replacing("\n", with: "\n  "), "\t" + object, "Bag Attributes\n  a: b\n" + object,
      "# a comment\n" + object + "the end", object.replacing("-----\nQ", with: "-----\n\nQ"),
      object.replacing("QUJDQUJD", with: "QUJD\nQUJD"),
      object.replacing("-----\n", with: "----- \n"),
      String(object.dropLast()), " \u{FEFF} \u{FEFF}" + object,
    ])
  func isWrittenAnew(text: String) {
    #expect(Self.texts(text) == [Self.written])
    #expect(PEMText(Array(text.utf8)).damaged.isEmpty)
  }

  @Test("Objects in PEM are found in their order with their labels")
  func findsAll() {
    let text = Self.object + Self.object.replacing("CERTIFICATE", with: "PRIVATE KEY")
    #expect(PEMText(Array(text.utf8)).blocks.map(\.label) == ["CERTIFICATE", "PRIVATE KEY"])
  }

  @Test("The headers of an encrypted key stay, and name its cipher")
  func keepsHeaders() {
    let headers = "Proc-Type: 4,ENCRYPTED\nDEK-Info: DES-CBC,0011\n\n"
    let begin = "-----BEGIN RSA PRIVATE KEY-----\n"
    let end = "\n-----END RSA PRIVATE KEY-----\n"
    let text = begin + headers + "QUJD" + end
    for text in [text, text.replacing("\n", with: "\r\n"), text.replacing("\n", with: "\n ")] {
      #expect(Self.texts(text) == [begin + headers + "QUJD" + end])
      #expect(PEMText(Array(text.utf8)).blocks.map(\.cipher) == ["DES-CBC"])
    }
    #expect(PEMText(Array(Self.object.utf8)).blocks.map(\.cipher) == [nil])
  }

  @Test(
    "An object without its end, or with something strange in it, is told, and the next one is found",
    arguments: [
      (object.replacing("Q", with: ":"), 0), (object.replacing("JDQ", with: "J\u{FEFF}Q"), 0),
      (object.replacing("JDQ", with: "J-Q") + object, 1),
      (String(object.dropLast(10)), 0), (String(object.dropLast(40)) + "\n" + object, 1),
      ("-----BEGIN CERTIFICATE-----", 0), (object + "-----BEGIN CERTIFICATE-----\n", 1),
    ])
  func tellsDamage(text: String, count: Int) {
    #expect(PEMText(Array(text.utf8)).damaged == ["CERTIFICATE"])
    #expect(Self.texts(text).count == count)
  }

  @Test(
    "A text without an object in PEM has none",
    arguments: [
      "", "\n", "-----BEGIN -----", "----BEGIN CERTIFICATE----", "x -----BEGIN CERTIFICATE-----",
      "-----END CERTIFICATE-----", "-----BEGIN CERTIFICATE----- x",
    ])
  func findsNone(text: String) {
    #expect(PEMText(Array(text.utf8)).blocks.isEmpty)
    #expect(PEMText(Array(text.utf8)).damaged.isEmpty)
  }
}
