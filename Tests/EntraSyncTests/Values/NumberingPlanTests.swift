import Testing

@testable import EntraSync

@Suite struct NumberingPlanTests {
  private static func digits(_ text: String) -> NumberingPlan.Digits { Array(text.utf8)[...] }

  @Test("Every line of the table is found by its code, and no code begins another")
  func hasLines() throws {
    let codes = (0...1100).filter { NumberingPlan(code: $0) != nil }
    #expect(codes.count > 200)
    #expect(codes.contains(1) && codes.contains(379) && codes.contains(998))
    #expect(NumberingPlan(code: -1) == nil)
    for code in codes {
      let found = try #require(NumberingPlan.find(Self.digits("\(code)5")))
      #expect(found.plan.code == code)
      #expect(found.national.elementsEqual("5".utf8))
    }
  }

  @Test(
    "A number without a country code that exists has no plan", arguments: ["", "0", "99", "999"])
  func hasNoPlan(number: String) {
    #expect(NumberingPlan.find(Self.digits(number)) == nil)
  }

  @Test(
    "A number is possible by its first digits and its length",
    arguments: [
      (358, "401234567", true), (358, "4", false), (358, "4012345678901", false),
      (358, "0401234567", false), (39, "0612345", true), (39, "03471234567", false),
      (7, "8001234567", true), (7, "89123456789", false), (1, "4255550100", true),
      (1, "1425555010", false), (49, "17612345678901234", false), (999, "1", false),
    ])
  func isPossible(code: Int, national: String, isPossible: Bool) {
    let plan = NumberingPlan(code: code)
    #expect((plan?.isPossible(Self.digits(national)) ?? false) == isPossible)
  }

  @Test(
    "A country's own prefix is known",
    arguments: [(358, ["0"]), (7, ["8"]), (36, ["06"]), (39, []), (375, ["80", "0", "8"])])
  func hasTrunkPrefixes(code: Int, prefixes: [String]) throws {
    let plan = try #require(NumberingPlan(code: code))
    #expect(plan.trunkPrefixes.map { String(decoding: $0, as: UTF8.self) } == prefixes)
  }
}
