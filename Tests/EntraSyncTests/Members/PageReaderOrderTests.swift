import Testing

@testable import EntraSync

@Suite struct PageReaderOrderTests {
  static let names = [
    "value", "@odata.nextLink", "error", "id", "@odata.type", "mail", "businessPhones",
    "accountEnabled",
    "userType", "x", "",
  ]

  static func step(_ random: inout SplitMix) -> JSONStep {
    switch Int.random(in: 0...10, using: &random) {
    case 0: .null
    case 1: .bool(true)
    case 2: .number("1")
    case 3: .string(Bool.random(using: &random) ? "a@b.fi" : Sample.group)
    case 4: .beginObject
    case 5: .endObject
    case 6: .beginArray
    case 7: .endArray
    default: .key(names.randomElement(using: &random) ?? "")
    }
  }

  @Test(
    "A page reader survives JSON events in an impossible order",
    arguments: [1, 2, 3, 4] as [UInt64])
  func survivesAnyOrder(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    var refused = 0
    for _ in 0..<2_000 {
      let reader = PageReaderTests.reader("mail", "businessPhones", "id")
      let opening: [JSONStep] = [.beginObject, .key("value"), .beginArray, .beginObject]
      do {
        try reader.receive(Array(opening.prefix(Int.random(in: 0...4, using: &random))))
        for _ in 0..<40 { try reader.receive([Self.step(&random)]) }
        try reader.finish()
      } catch {
        refused += 1
        #expect(error.status == .server)
      }
    }
    #expect(refused > 1_900)
  }

  @Test("A page reader survives a missing, a repeated or an exchanged JSON event")
  func survivesMutation() {
    let steps = JSONText.steps(
      of:
        "{\"@odata.nextLink\":\"https://g/n\",\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(MembershipQuestionTests.id(1))\",\"mail\":\"a@b.fi\","
        + "\"businessPhones\":[\"1\",\"2\"],\"x\":{\"y\":[1]}},{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(MembershipQuestionTests.id(2))\",\"mail\":null}]}"
    )
    var read = 0
    for index in steps.indices {
      for other in steps.indices {
        var mutants = [steps, steps, steps]
        mutants[0].remove(at: index)
        mutants[1].insert(steps[other], at: index)
        mutants[2].swapAt(index, other)
        for mutant in mutants {
          let reader = PageReaderTests.reader("mail", "businessPhones")
          let isWhole = (try? reader.receive(mutant)) != nil && (try? reader.finish()) != nil
          if isWhole { read += 1 }
        }
      }
    }
    #expect(read >= steps.count)
  }
}
