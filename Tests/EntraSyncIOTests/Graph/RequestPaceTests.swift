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

  private let refusal = EntraSyncError(.throttled, "too many requests")

  @Test("Each time that Graph throttles, half as many may be sent, and one always may")
  func slowsDown() async throws {
    try await SimulatedTenant.with { tenant in
      let (pace, run) = (RequestPace(), try run(tenant))
      for most in [4, 2, 1, 1] {
        let sent = try fill(pace, run)
        #expect(sent.count == most)
        sent.forEach { run.cancel($0) }
        pace.slowDown(for: 0, after: sent[0], refusal)
      }
    }
  }

  @Test("Requests that were on their way together are throttled as one")
  func slowsDownOnce() async throws {
    try await SimulatedTenant.with { tenant in
      let (pace, run) = (RequestPace(), try run(tenant))
      let sent = try fill(pace, run)
      for transfer in sent {
        run.cancel(transfer)
        pace.slowDown(for: 0, after: transfer, refusal)
      }
      let next = try fill(pace, run)
      #expect(next.count == 2)
    }
  }

  @Test("Nothing is sent before Graph wants it, whoever says so last")
  func waits() async throws {
    try await SimulatedTenant.with { tenant in
      let (pace, run) = (RequestPace(), try run(tenant))
      let sent = try fill(pace, run)
      let now = Clock.monotonic
      for (transfer, delay) in zip(sent, [3600.0, 60, 7200, 1]) {
        run.cancel(transfer)
        let refusal = EntraSyncError(.throttled, "\(delay)")
        pace.slowDown(for: delay, after: transfer, refusal)
      }
      #expect(!pace.isFull)
      #expect(!pace.allowsAnother)
      #expect((7200...7300).contains(pace.heldUntil - now))
      #expect(pace.refusal?.message == "7200.0")
    }
  }
}
