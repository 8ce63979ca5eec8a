import Foundation
import Testing

@testable import EntraSync

@Suite struct FoldedLettersTests {
  /// Foundation's foldings, which know nothing of the table.
  private static func foldsToASCII(_ scalar: Unicode.Scalar) -> Bool {
    let text = String(Character(scalar))
    let folded = text.precomposedStringWithCompatibilityMapping
      .folding(options: .caseInsensitive, locale: nil)
      .precomposedStringWithCompatibilityMapping
    return folded.unicodeScalars.contains { $0.isASCII }
      || text.uppercased().precomposedStringWithCompatibilityMapping.lowercased()
        .precomposedStringWithCompatibilityMapping.unicodeScalars.contains { $0.isASCII }
  }

  @Test("The table has every letter of Unicode that folds to an ASCII one, and no other")
  func isComplete() {
    var differences: [String] = []
    var count = 0
    for value in UInt32(0x80)...0x10FFFF {
      // Foundation's Unicode may be older than the table's.
      guard let scalar = Unicode.Scalar(value), scalar.isWordCharacter,
        let age = scalar.properties.age, age.major <= 15
      else { continue }
      count += scalar.foldsToASCII ? 1 : 0
      if scalar.foldsToASCII != Self.foldsToASCII(scalar) { differences.append(scalar.spokenName) }
    }
    #expect(differences.isEmpty)
    #expect(count > 900)
  }

  @Test(
    "The table's spans ascend, and their ends are found", arguments: Unicode.Scalar.foldedLetters)
  func findsEnds(span: ClosedRange<UInt32>) throws {
    let spans = Unicode.Scalar.foldedLetters
    #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.upperBound + 1 < $1.lowerBound })
    for end in [span.lowerBound, span.upperBound] {
      #expect(try #require(Unicode.Scalar(end)).foldsToASCII)
    }
    for outside in [span.lowerBound - 1, span.upperBound + 1] {
      #expect(try !(#require(Unicode.Scalar(outside)).foldsToASCII))
    }
  }
}
