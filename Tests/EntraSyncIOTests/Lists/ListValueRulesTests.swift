import GraphSimulator
import Testing

@testable import EntraSync
@testable import EntraSyncIO

@Suite("What a configuration demands of a list's values")
struct ListValueRulesTests {
  private static func write(
    _ changes: [String: String], filter: String
  ) async throws -> (lines: [Substring], reasons: [String], report: Report) {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration(changes, group: .oddities, filter: filter)
      let report = try await tenant.writeList(from: path).get()
      let lines = try tenant.read("list").split(separator: "\n")
      return (lines, report.skips.map(\.reason), report)
    }
  }

  @Test("DOMAINS and EXCLUDEADDRESSES leave people out of a list, and name each with the key")
  func choosesAddresses() async throws {
    let (lines, reasons, report) = try await Self.write(
      [
        "DOMAINS": "example.com, *.example.com",
        "EXCLUDEADDRESSES": "*@sub.example.com, A@example.com",
      ],
      filter: "mail")
    #expect(lines.allSatisfy { $0.hasSuffix("@example.com") || $0.hasSuffix(".example.com") })
    #expect(!lines.contains { $0.hasSuffix("@sub.example.com") })
    #expect(lines.contains("plain@example.com"))
    #expect(!lines.contains("a@example.com"))
    #expect(
      reasons.contains("mail \"ali.as@example.onmicrosoft.com\" is in no domain of DOMAINS"))
    #expect(reasons.contains("mail \"ali.as@sub.example.com\" is left out by EXCLUDEADDRESSES"))
    #expect(reasons.contains("mail \"a@example.com\" is left out by EXCLUDEADDRESSES"))
    #expect(report.fetched == 134)
  }

  @Test("An address with a letter that folds to an ASCII one is in no list, and is named")
  func refusesFolded() async throws {
    let (lines, reasons, _) = try await Self.write([:], filter: "mail")
    for code in ["FF45", "017F", "FB01", "1D41E", "00AA", "212A", "0130", "0131", "00DF", "FF11"] {
      let isNamed = reasons.contains {
        $0.contains("(U+\(code)), which no address in a list may hold")
      }
      #expect(isNamed, "U+\(code)")
    }
    #expect(lines.allSatisfy { $0.unicodeScalars.allSatisfy { !$0.foldsToASCII } })
    #expect(lines.contains("väinö@example.com"))
  }

  @Test("A national prefix after a country code is named in a list, and an own 0 stays")
  func knowsPrefixes() async throws {
    let (lines, reasons, _) = try await Self.write([:], filter: "mail,mobilePhone")
    for (number, prefix) in [
      ("+44 07700 900123", "0"), ("+490176 1234567", "0"), ("0049 0176 1234567", "0"),
      ("+358(0)0401234567", "0"), ("+44(0)07700 900123", "0"), ("+7 8 912 345 67 89", "8"),
      ("+36 06 20 123 4567", "06"),
    ] {
      let begin = "mobilePhone \"\(number)\" keeps the national prefix \(prefix) after its"
      #expect(reasons.contains { $0.hasPrefix(begin) }, "\(number)")
    }
    let numbers = lines.compactMap { $0.split(separator: " ").last }
    #expect(numbers.count { $0 == "+390669812345" } == 2)
    #expect(numbers.contains("+3780549123456"))
    #expect(numbers.contains("+3790669812345"))
    #expect(numbers.contains("+2250707123456"))
    #expect(numbers.contains("+242061234567"))
    #expect(reasons.count { $0.hasSuffix(" seems to be two numbers") } >= 3)
  }

  @Test("COUNTRYCODE writes every number in E.164, and PHONES = mobile leaves others out")
  func writesInternationally() async throws {
    let (lines, reasons, _) = try await Self.write(
      ["COUNTRYCODE": "+358", "PHONES": "mobile"], filter: "mail,mobilePhone")
    #expect(lines.contains("o'brien@example.com +358405550011"))
    #expect(lines.allSatisfy { $0.split(separator: " ").last?.hasPrefix("+") == true })
    for number in ["0600 12345", "0800 123456", "09 1234567"] {
      #expect(
        reasons.contains(
          "mobilePhone \"\(number)\" is no number of +358 that a text message reaches, which "
            + "PHONES = mobile demands"))
    }
    for number in ["401234567", "358401234567"] {
      #expect(
        reasons.contains(
          "mobilePhone \"\(number)\" is no national number of COUNTRYCODE = +358"))
    }
  }
}
