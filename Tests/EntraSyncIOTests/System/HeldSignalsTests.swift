import Glibc
import Testing

@testable import EntraSyncIO

/// The mask of a thread while the library works, and after it.
@Suite
struct HeldSignalsTests {
  private static func mask() -> Set<Int32> {
    var mask = sigset_t()
    pthread_sigmask(SIG_SETMASK, nil, &mask)
    return Set((1..<65).filter { sigismember(&mask, $0) == 1 })
  }

  @Test("all signals are held back but those that faults raise")
  func holdsAll() {
    let before = Self.mask()
    let during = HeldSignals.during(.all) { Self.mask() }
    #expect(during.isSuperset(of: [SIGTERM, SIGCHLD, SIGALRM, SIGUSR1, SIGPIPE, SIGXFSZ]))
    #expect(during.isDisjoint(with: [SIGSEGV, SIGBUS, SIGFPE, SIGILL]))
    #expect(Self.mask() == before)
  }

  @Test("a write holds back what it can raise and nothing else")
  func holdsWriting() {
    let before = Self.mask()
    let during = HeldSignals.during(.ofWriting) { Self.mask() }
    #expect(during.subtracting(before).isSubset(of: [SIGPIPE, SIGXFSZ]))
    #expect(during.isSuperset(of: [SIGPIPE, SIGXFSZ]))
  }

  @Test("a write's own signal is taken away, and its errno stays")
  func takesAway() {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    close(ends[0])
    defer { close(ends[1]) }
    let code = HeldSignals.during(.ofWriting) { write(ends[1], "x", 1) == -1 ? errno : 0 }
    #expect(code == EPIPE)
    var pending = sigset_t()
    sigpending(&pending)
    #expect(sigismember(&pending, SIGPIPE) == 0)
  }
}
