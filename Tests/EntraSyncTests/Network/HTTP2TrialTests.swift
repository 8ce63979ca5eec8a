import Testing

@testable import EntraSync

@Suite struct HTTP2TrialTests {
  @Test("The second fault in a run ends the trial of HTTP/2, and is told once")
  func ends() throws {
    var trial = HTTP2Trial()
    #expect(!trial.isOver)
    #expect(trial.noteFault("https://a", "one") == nil)
    #expect(!trial.isOver)
    let last = trial.noteFault("https://a", "two")
    let notice = try #require(last)
    #expect(notice.contains("https://a (two); the run goes on over HTTP/1.1"))
    #expect(trial.isOver)
    #expect(trial.noteFault("https://a", "three") == nil)
  }

  @Test("A fault of an earlier run does not count, the end of the trial does")
  func remembersEnd() {
    var trial = HTTP2Trial()
    _ = trial.noteFault("https://a", "")
    trial.beginRun()
    #expect(trial.noteFault("https://a", "") == nil)
    #expect(trial.noteFault("https://a", "") != nil)
    trial.beginRun()
    #expect(trial.isOver)
  }
}
