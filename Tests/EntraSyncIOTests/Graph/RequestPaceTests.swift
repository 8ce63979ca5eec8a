import EntraSync
import Testing

@testable import EntraSyncIO

@Suite("How many requests may be on their way")
struct RequestPaceTests {
  /// Requests that were sent to nobody, as many as a pace allows.
  private func fill(_ pace: RequestPace, _ run: Run) throws -> [Transfer] {
    var sent: [Transfer] = []
    while pace.allowsAnother, sent.count < 9 {
      let transfer = try run.send(
        HTTPRequest(url: "http://127.0.0.1:9/"), reader: AnswerReader(limit: 0))
      pace.noteStart(of: transfer)
      sent.append(transfer)
    }
    return sent
  }

  private func run(_ tenant: SimulatedTenant) throws -> Run {
    let client = try Client(configurationAt: tenant.configuration())
    return try Run(client.configuration, observer: Observer(), limits: .short)
  }

  @Test("At most four are on their way, and one that has ended makes room")
  func allowsFour() async throws {
    try await SimulatedTenant.with { tenant in
      let (pace, run) = (RequestPace(), try run(tenant))
      let sent = try fill(pace, run)
      #expect(sent.count == 4)
      #expect(pace.isFull)
      run.cancel(sent[2])
      let more = try fill(pace, run)
      #expect(more.count == 1)
    }
  }

  @Test("Each time that Graph throttles, half as many may be sent, and one always may")
  func slowsDown() async throws {
    try await SimulatedTenant.with { tenant in
      for (times, most) in [1: 2, 2: 1, 3: 1] {
        let pace = RequestPace()
        for _ in 1...times { pace.slowDown(for: 0) }
        let sent = try fill(pace, run(tenant))
        #expect(sent.count == most)
      }
    }
  }

  @Test("Nothing is sent before Graph wants it, and what was sent before is throttled as one")
  func waits() async throws {
    try await SimulatedTenant.with { tenant in
      let pace = RequestPace()
      let now = Clock.monotonic
      for delay in [3600.0, 60, 7200, 1] { pace.slowDown(for: delay) }
      let sent = try fill(pace, run(tenant))
      #expect(sent.isEmpty)
      #expect(!pace.isFull)
      #expect((7200...7300).contains(pace.heldUntil - now))
    }
  }
}
