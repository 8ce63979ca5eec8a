import Testing

@testable import EntraSync

/// Text from the directory never becomes syntax.
@Suite struct LineSyntaxTests {
  static let shapes = [
    "{mail}", "{mail} {mobilePhone}", "* {mail} <reg> - 0", "{mail} * <sms> - 0",
    "{mail}\u{20}{employeeId}\u{20}{mobilePhone}",
  ]

  /// Harmless pieces, and everything that has a meaning in a list.
  static let pieces = [
    "a", "b7", "@", "@example.com", "x@y.fi", ".", "-", "+", "'", "_", "040123456", "+358", "(0)",
    "\n",
    "\r", "\r\n", " ", "\t", "\u{0}", "\u{85}", "\u{A0}", "\u{2028}", "\u{2029}", "\u{B}", "\u{C}",
    "\u{200B}", "\u{200D}", "\u{202E}", "\u{FEFF}", "\u{301}", "\u{FF20}", "*", "<", ">", "<sms>",
    "<reg>",
    " - 0", "#", ",", ";", ":", "\"", "\\", "{", "}", "{mail}", "$", "`", "|", "%0a", "\u{1680}",
    "\u{3000}",
    "\u{FF0A}", "Å", "\u{212A}",
  ]

  @Test(
    "No value can add a field, a rule or a line to a list",
    arguments: shapes, [1, 2, 3] as [UInt64])
  func keepsSyntax(template: String, seed: UInt64) throws {
    let shape = try LineShape(
      LineTemplate(template), QueryFilter("mail,mobilePhone,employeeId"),
      by: ValueRules())
    let fields = template.split(separator: " ", omittingEmptySubsequences: false)
    var random = SplitMix(seed: seed)
    var written = 0
    var set = LineSet()
    for _ in 0..<4_000 {
      let member = Sample.member([
        ("mail", Self.value(or: "a@b.fi", &random)),
        ("mobilePhone", Self.value(or: "040123", &random)),
        ("employeeId", Self.value(or: "e1", &random)),
      ])
      for line in WrittenLines(shape, member).lines {
        written += 1
        try Self.check(line, against: fields)
        set.insert(line.utf8)
      }
    }
    #expect(written > 50)

    // A reader of the file finds these lines and no others.
    set.order()
    let file = set.fileContent
    #expect(LineSet(fileContent: file).count == set.count)
    let lines = file.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    #expect(lines.count == set.count + 1 && lines.last?.isEmpty == true)
    for line in lines.dropLast() {
      try Self.check(String(decoding: line, as: UTF8.self), against: fields)
    }
  }

  private static func value(or harmless: String, _ random: inout SplitMix) -> String {
    if Bool.random(using: &random) { return harmless }
    return (0..<Int.random(in: 1...5, using: &random))
      .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }

  private static func check(_ line: String, against fields: [Substring]) throws {
    let scalars = line.unicodeScalars
    #expect(scalars.filter(\.properties.isWhitespace).count == fields.count - 1, "\(line.quoted())")
    #expect(line.singleLine == line)
    let found = scalars.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    try #require(found.count == fields.count)
    for (value, field) in zip(found, fields) {
      if field.hasPrefix("{") {
        #expect(!value.isEmpty)
        #expect(!value.unicodeScalars.contains { "*<>#,;:\"\\{}|$`()".unicodeScalars.contains($0) })
        let signs = value.utf8.filter { $0 == UInt8(ascii: "@") }.count
        #expect(signs == (field == "{mail}" ? 1 : 0))
      } else {
        #expect(value == field)
      }
    }
  }
}
