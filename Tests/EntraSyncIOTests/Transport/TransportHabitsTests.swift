import Testing

@testable import EntraSyncIO

@Suite struct TransportHabitsTests {
  @Test("A Kerberos ticket that a proxy did not take is tried again in the next run")
  func triesTicketsAgain() {
    var habits = TransportHabits()
    habits.triesNegotiate = false
    habits.beginRun()
    #expect(habits.triesNegotiate)
  }

  @Test("A way that does not carry HTTP/2 is remembered in the next run")
  func remembersHTTP2() {
    var habits = TransportHabits()
    for _ in 0..<2 { _ = habits.http2.noteFault("https://graph.test", "closed") }
    habits.beginRun()
    #expect(habits.http2.isOver)
  }
}
