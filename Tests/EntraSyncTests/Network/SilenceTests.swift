import Testing

@testable import EntraSync

@Suite struct SilenceTests {
  static func message(_ seconds: Double?, timeout: Int) throws -> String {
    let silence = seconds.map { Silence(server: "https://graph.test", seconds: $0) }
    let error = EntraSyncError.timeout(
      try Sample.configuration(adding: "TIMEOUT = \(timeout)"), waitingFor: silence)
    #expect(error.status == .timeout)
    return error.message
  }

  @Test(
    "A run that took longer than TIMEOUT names the server that was silent",
    arguments: [(1, 2, 1), (10, 300, 10), (59.6, 300, 60), (299.9, 300, 300)])
  func namesServer(seconds: Double, timeout: Int, shown: Int) throws {
    #expect(
      try Self.message(seconds, timeout: timeout)
        == "the run took longer than \(timeout) s: nothing came from https://graph.test for "
        + "\(shown) s; check network, firewall and proxy, or raise TIMEOUT (line 5)")
  }

  @Test(
    "A run that took longer than TIMEOUT while it was reading names no server",
    arguments: [(nil, 300), (0, 300), (9.9, 300), (0.9, 2), (-1, 1), (.nan, 300)])
  func namesNobody(seconds: Double?, timeout: Int) throws {
    #expect(
      try Self.message(seconds, timeout: timeout)
        == "the run took longer than \(timeout) s; raise TIMEOUT (line 5)")
  }

  @Test(
    "A silence of an impossible length is shown without a trap",
    arguments: [.infinity, 1e300, .nan, -1e300])
  func survivesOddFigures(seconds: Double) {
    #expect((0...1_000_000_000).contains(Silence(server: "s", seconds: seconds).shownSeconds))
  }
}
