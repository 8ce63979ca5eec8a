import Testing

@testable import EntraSync

@Suite struct ConfigurationSecrecyTests {
  static let secrets = [
    Sample.secret, "QOY8Q~PUfWKuZOiwUynuKWMvyvZOm4Ve-nMWkcE_", "abcdefghijkl==", "7f&x",
    "abc\u{E9}1",
    "\"q1\"", "a1\"b", "MAXREMOVED1", "a1 = b", "p%41w0rd",
  ]

  /// Everything that reading a text says.
  static func messages(_ text: String) -> [String] {
    do {
      return try Configuration(Array(text.utf8), path: Sample.path).warnings
    } catch {
      return [error.message, "\(error)"]
    }
  }

  /// Texts that are each wrong in one way, with the secret somewhere in them.
  static func texts(with secret: String) -> [String] {
    let right = Sample.text(without: ["CLIENTSECRET"], adding: ["CLIENTSECRET = \(secret)"])
    let wrongElsewhere = ConfigurationErrorTests.malformed.filter { $0.key != "CLIENTSECRET" }.map {
      Sample.text(
        without: [$0.key, "CLIENTSECRET"],
        adding: ["CLIENTSECRET = \(secret)", "\($0.key) = \($0.value)"])
    }
    let misplaced = ConfigurationKey.allCases.flatMap { key in
      [" = ", " ", ":"].map {
        Sample.text(without: [key.rawValue], adding: [key.rawValue + $0 + secret])
      }
    }
    let spoilt = [
      "CLIENTSECRET = \"\(secret)", "CLIENTSECRET = '\(secret)\"", "CLIENTSECRET = \(secret)\u{0}",
      "CLIENTSECRET = \(secret)\r\rx", "CLIENTSECRTE = \(secret)", "CLIENTSECRET\(secret)", secret,
      "\(secret) = CLIENTSECRET", "\(secret): x", "\(secret) x",
      "CLIENTSECRET = \(secret)\nCLIENTSECRET = \(secret)x",
      "CLIENTSECRET = \(secret)\nSECRETVALUE = \(secret)",
      "CLIENTSECRET = \(secret)\nCLIENTSECRETFILE = \(secret)", "CLIENTSECRET =\n\(secret)",
    ].map { Sample.text(without: ["CLIENTSECRET"], adding: [$0]) }
    return [right] + wrongElsewhere + misplaced + spoilt + spoilt.map { "COLOUR = x\n" + $0 }
  }

  @Test(
    "No error and no warning about a configuration holds the secret, wherever it was written",
    arguments: secrets)
  func neverShowsSecret(secret: String) {
    var count = 0
    for text in Self.texts(with: secret) {
      for message in Self.messages(text) {
        count += 1
        #expect(!message.contains(secret), "\(text) gave \(message)")
        #expect(!message.contains("\n"))
      }
    }
    #expect(count > 60)
  }

  @Test("A configuration that is dumped does not show its secret or its proxy's password")
  func hidesSecretInDumps() throws {
    let configuration = try Sample.configuration(adding: "PROXY = http://u:pr0xyword@p.example:1")
    var dumped = ""
    dump(configuration, to: &dumped)
    for text in [dumped, "\(configuration)", String(reflecting: configuration)] {
      #expect(!text.contains(Sample.secret))
      #expect(!text.contains("pr0xyword"))
    }
  }
}
