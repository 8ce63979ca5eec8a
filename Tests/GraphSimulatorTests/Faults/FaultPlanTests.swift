import Testing

@testable import GraphSimulator

@Suite struct FaultPlanTests {
  @Test func `A failure strikes as often as its rule says`() throws {
    var plan = FaultPlan([try FaultRule("throttle:2"), try FaultRule("unavailable:1")])
    let strikes = (0..<4).map { _ in plan.strike(Occasion(target: .group("x"))).failure?.kind }
    #expect(strikes == [.throttle, .throttle, .unavailable, nil])
  }

  @Test func `A failure without a number of times strikes every request`() throws {
    var plan = FaultPlan([try FaultRule("forbidden")])
    #expect((0..<50).allSatisfy { _ in plan.strike(Occasion(target: .group("x"))).failure != nil })
  }

  @Test func `A fault rule strikes only its target and page`() throws {
    var plan = FaultPlan([try FaultRule("forbidden@main#2"), try FaultRule("throttle@token")])
    #expect(plan.strike(Occasion(target: .group(BuiltInGroup.main.id))).failure == nil)
    #expect(plan.strike(Occasion(target: .group(BuiltInGroup.empty.id), page: 2)).failure == nil)
    #expect(
      plan.strike(Occasion(target: .group(BuiltInGroup.main.id), page: 2)).failure?.kind
        == .forbidden)
    #expect(plan.strike(Occasion(target: .token)).failure?.kind == .throttle)
  }

  @Test(arguments: ["cut-json*2", "cut-body*2", "slow:0*2"])
  func `Any kind of fault strikes as often as its rule says`(text: String) throws {
    var plan = FaultPlan([try FaultRule(text)])
    let strikes = (0..<4).map { _ in
      let strike = plan.strike(Occasion(target: .group("x")))
      return strike.distortions.count + strike.deliveries.count
    }
    #expect(strikes == [1, 1, 0, 0])
  }

  @Test func `A distortion does not count while a failure strikes`() throws {
    var plan = FaultPlan([try FaultRule("cut-json*1"), try FaultRule("throttle:1")])
    let first = plan.strike(Occasion(target: .group("x")))
    #expect(first.failure != nil && first.distortions.isEmpty)
    let second = plan.strike(Occasion(target: .group("x")))
    #expect(second.failure == nil && second.distortions.count == 1)
  }

  @Test func `page-too-large counts only requests with a $top above its limit`() throws {
    var plan = FaultPlan([try FaultRule("page-too-large:120*2")])
    let limits = [120, nil, 121, 999, 999].map {
      plan.strike(Occasion(target: .group("x"), top: $0)).pageLimit
    }
    #expect(limits == [nil, nil, 120, 120, nil])
  }

  @Test func `An expired page token never strikes page 1`() throws {
    var plan = FaultPlan([try FaultRule("expired-page-token:1")])
    #expect(plan.strike(Occasion(target: .group("x"))).failure == nil)
    #expect(plan.strike(Occasion(target: .group("x"), page: 2)).failure?.kind == .expiredPageToken)
    #expect(plan.strike(Occasion(target: .group("x"), page: 2)).failure == nil)
  }
}
