import Testing

@testable import EntraSync

/// The short ways through usual values come to just what the rules come to, or leave the value to
/// them.
@Suite struct UsualValuesTests {
  private typealias Append = (UnsafeBufferPointer<UInt8>, inout [UInt8]) -> Bool

  /// What a short way makes of a value; `nil` if it leaves it alone.
  private static func usual(_ value: String, _ append: Append) -> String? {
    let before = Array("before".utf8)
    var bytes = before
    let isUsual = Array(value.utf8).withUnsafeBufferPointer { append($0, &bytes) }
    #expect(bytes.starts(with: before))
    if !isUsual { #expect(bytes == before, "\(value)") }
    return isUsual ? String(decoding: bytes.dropFirst(before.count), as: UTF8.self) : nil
  }

  /// Texts of some characters, up to a length.
  private static func texts(
    of pieces: [String], upTo count: Int, _ number: Int, seed: UInt64
  ) -> [String] {
    var random = SplitMix(seed: seed)
    return (0..<number).map { _ in
      (0..<Int.random(in: 0...count, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }
  }

  private static let ascii = (0..<128).map { String(Unicode.Scalar(UInt8($0))) }

  /// Addresses that are nearly right, and one character of ASCII in each place.
  private static var addresses: [String] {
    let bases = ["anna.b@example.com", "A_1@x-y.z2.FI", "o'neil+a@a.b"]
    let changed = bases.flatMap { base in
      base.indices.flatMap { index in
        ascii.flatMap { character in
          [
            base[..<index] + character + base[index...],
            base[..<index] + character + base[index...].dropFirst(),
          ]
        }
      }
    }
    let labels = [63, 64].flatMap { count in
      let label = String(repeating: "a", count: count)
      return ["\(label)@b.fi", "a@\(label).fi", "a@b.\(label)", "a@\(label).\(label).\(label).fi"]
    }
    let long = (180...190).map {
      "\(String(repeating: "a", count: 64))@\(String(repeating: "b.", count: $0 / 2))fi"
    }
    return changed.map(String.init) + labels + long + [
      "", "a", "@", "a@b", "a@b.", "a@.b", ".a@b.c",
    ]
      + texts(
        of: ["a", "B", "1", ".", "-", "_", "@", "+", "'", "#", " "], upTo: 9, 20_000, seed: 1)
      + texts(of: ["a@b", ".", "-", "c", "@", "é", "SMTP:", "\t"], upTo: 6, 5_000, seed: 2)
  }

  @Test("An address of plain characters is read as the rules read it, and no other one")
  func readsAddresses() {
    var usual = 0
    for text in Self.addresses {
      let plain = try? Address(byRules: text).text
      let short = Self.usual(text) { Address.appendUsual($0, to: &$1) }
      if let short {
        usual += 1
        #expect(short == plain, "\(text.debugDescription)")
      } else if let plain, text.utf8.allSatisfy({ $0 < 0x80 }) {
        // White space around, and Exchange's prefix, are left to the rules.
        #expect(plain.utf8.count < text.utf8.count, "\(text.debugDescription)")
      }
    }
    #expect(usual > 1_000)
  }

  @Test(
    "An address is in DOMAINS and EXCLUDEADDRESSES as the rules say",
    arguments: [
      ("", ""), ("example.com", ""), ("*.example.com,a.fi", ""), ("a.b,*.b,é.fi,*.c.b", ""),
      ("", "a@b.c,*@a.b"), ("", "*@*.b.c,*@*.a.b,*@a.b,*@b.c,ä@b.c"),
      ("*.b,b.c,a.b", "a.b@a.b,*@c.b,*@*.a.b"),
    ])
  func admitsAddresses(domains: String, excluded: String) throws {
    var rules = ValueRules()
    if !domains.isEmpty { rules.domains = try DomainSet(domains) }
    if !excluded.isEmpty { rules.excludedAddresses = try AddressSet(excluded) }
    var counts = [0, 0]
    let pieces = ["a", "b", "c", ".", "@", "@b", ".b", "@a.b", ".example.com"]
    for text in Self.texts(of: pieces, upTo: 6, 20_000, seed: 4) + Self.addresses {
      guard let short = Self.usual(text, { Address.appendUsual($0, to: &$1) }) else { continue }
      let isAdmitted = Array(short.utf8).withUnsafeBufferPointer { rules.admits(usual: $0) }
      #expect(isAdmitted == ((try? rules.address(text)) != nil), "\(text)")
      counts[isAdmitted ? 1 : 0] += 1
    }
    #expect(counts[1] > 50)
    #expect(counts[0] > 50 || !rules.demandsAddresses)
  }

  @Test("A word of plain characters is read as the rules read it, and no other one")
  func readsWords() {
    let words =
      Self.ascii + Self.ascii.map { "a\($0)B" }
      + Self.texts(
        of: ["a", "Z", "0", ".", "_", "-", "+", "'", " ", "ß", "@"], upTo: 6, 5_000, seed: 3)
    for text in words {
      let plain = try? Word(text).text
      let short = Self.usual(text) { Word.appendUsual($0, to: &$1) }
      if short != nil { #expect(short == plain, "\(text.debugDescription)") }
      if let plain, plain.utf8.count == text.utf8.count, text.utf8.allSatisfy({ $0 < 0x80 }) {
        #expect(short == plain, "\(text.debugDescription)")
      }
    }
  }

  @Test(
    "A telephone number of digits and spaces is read as the rules read it",
    arguments: [
      (nil, .all), (nil, .mobile), ("+358", .all), ("+358", .mobile),
      ("+39", .all), ("+39", .mobile), ("+1", .all), ("+1", .mobile), ("+36", .all), ("+44", .all),
      ("+7", .all), ("+62", .mobile), ("+590", .all),
    ] as [(String?, ValueRules.Phones)])
  func readsNumbers(country: String?, phones: ValueRules.Phones) throws {
    var rules = ValueRules()
    rules.country = try country.map { try CountryCode($0) }
    rules.phones = phones
    let starts = [
      "", "+", "00", "0", "+358", "+358 0", "+39 06", "06", "39", "+1", "1", "+44", "+999", "+0",
      " +",
    ]
    var usual = 0
    for start in starts {
      for rest in Self.texts(
        of: ["4", "0", "12", "345", " ", "6 7", "8", "9", "-", "(0)"], upTo: 9, 1_500,
        seed: UInt64(start.count) + 5)
      {
        let text = start + rest
        let plain = try? rules.phoneNumber(text).text
        let short = Self.usual(text) { PhoneNumber.appendUsual($0, by: rules, to: &$1) }
        if let short {
          usual += 1
          #expect(short == plain, "\(text)")
        }
      }
    }
    #expect(usual > 100)
  }

  @Test("An object id is read eight digits at a time as it is read digit by digit")
  func readsObjectIDs() {
    var random = SplitMix(seed: 6)
    for _ in 0..<300 {
      let number =
        UInt128(UInt64.random(in: 0 ... .max, using: &random)) << 64
        | UInt128(UInt64.random(in: 0 ... .max, using: &random))
      let text = Array(ObjectID(random: number).text.utf8)
      for bytes in [text, Array(String(decoding: text, as: UTF8.self).uppercased().utf8)] {
        let id = bytes.withUnsafeBufferPointer { ObjectID(guid: $0) }
        #expect(id != nil)
        #expect(id == ObjectID(utf8: bytes))
      }
      for index in text.indices {
        var bytes = text
        bytes[index] = UInt8.random(in: 0...255, using: &random)
        #expect(bytes.withUnsafeBufferPointer { ObjectID(guid: $0) } == ObjectID(utf8: bytes))
      }
    }
    let text = Array(Sample.group.utf8)
    for bytes in [[], Array(text.dropLast()), text + [0x30], text + text] {
      #expect(bytes.withUnsafeBufferPointer { ObjectID(guid: $0) } == nil)
    }
    for byte in UInt8.min...UInt8.max {
      var bytes = text
      bytes[0] = byte
      #expect(bytes.withUnsafeBufferPointer { ObjectID(guid: $0) } == ObjectID(utf8: bytes))
    }
  }
}
