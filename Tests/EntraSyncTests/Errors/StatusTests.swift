import Foundation
import Testing

@testable import EntraSync

@Suite struct StatusTests {
  /// The numbers of `entrasync_status` by their names in lower case, read from the public header.
  static func headerNumbers() throws -> [String: Int32] {
    let header = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("include/entrasync.h")
    let text = try String(contentsOf: header, encoding: .utf8)
    let body = try #require(text.components(separatedBy: "typedef enum entrasync_status {").last)
    let block = try #require(body.components(separatedBy: "} entrasync_status;").first)
    var numbers: [String: Int32] = [:]
    for line in block.components(separatedBy: "\n") {
      let words = line.split { " =,".contains($0) }
      guard words.count == 2, words[0].hasPrefix("ENTRASYNC_") else { continue }
      numbers[words[0].dropFirst("ENTRASYNC_".count).lowercased()] = Int32(words[1])
    }
    return numbers
  }

  @Test("Statuses have exactly the numbers and names of the public header")
  func equalsHeader() throws {
    let pairs = Status.allCases.map { ("\($0.name)", $0.rawValue) }
    #expect(try Self.headerNumbers() == Dictionary(uniqueKeysWithValues: pairs))
  }

  @Test("The status of success is 0, and the numbers have no gap")
  func startsAtZero() {
    #expect(Status.allCases.map(\.rawValue) == Array(0...13))
    #expect(Status.ok.rawValue == 0)
  }
}
