import Foundation
import Testing

@testable import EntraSync
@testable import EntraSyncIO

@Suite("When the system fails, a stored token")
struct TokenStoreTests {
  private let folder: TemporaryFolder
  private let configuration: Configuration

  init() throws {
    folder = try TemporaryFolder()
    let id = "00000000-1111-4222-8333-444444444444"
    let text = """
      TENANTID = \(id)
      CLIENTID = \(id)
      CLIENTSECRET = a~made~up~secret
      GROUPID = \(id)
      STATEDIR = state
      """
    configuration = try Configuration(Array(text.utf8), path: "test.entraidconf")
  }

  /// One process's store, and the run that uses it.
  private func open(_ faults: SystemFaults = SystemFaults()) throws -> (TokenStore, Run) {
    let path = folder.path("test.entraidconf")
    let store = try #require(TokenStore(configuration, besides: path, system: faults.system))
    return (store, try Run(configuration, observer: Observer(), limits: Limits()))
  }

  /// What the client secret's tokens are bound to.
  private func binding() throws -> TokenBinding? {
    try LoadedCredential(of: configuration, besides: folder.path("test.entraidconf"))
      .binding(of: configuration)
  }

  private func token(_ text: String) -> Token {
    Token(value: Secret(text.utf8), begin: Clock.monotonic, lifetime: 3600, renewalAge: nil)
  }

  /// What another process finds: the token's text, or `nil`.
  private func found() throws -> String? {
    let (store, run) = try open()
    return (store.borrow(run)?.token).map {
      $0.value.withBytes { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// Looks for a token, drops it as one that was refused, and leaves another.
  private func use(_ faults: SystemFaults) throws -> Token? {
    let (store, run) = try open(faults)
    let loan = store.borrow(run)?.token
    if let loan { store.drop(loan.value) }
    store.keep(token("new"), boundBy: try binding(), run)
    return loan
  }

  /// Makes the folder with a token in it, or without one.
  private func prepare(isStored: Bool) throws {
    try? FileManager.default.removeItem(atPath: folder.path("state").text)
    guard isStored else { return }
    let (store, run) = try open()
    #expect(store.borrow(run)?.token == nil)
    store.keep(token("old"), boundBy: try binding(), run)
    #expect(try found() == "old")
  }

  private func stored() -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path("state").text)) ?? []
  }

  /// Whether a call can meet a fault at all.
  private func isPossible(_ fault: SystemCalls.Fault, at call: SystemCalls.Name) -> Bool {
    if case .short = fault { [.read, .write].contains(call) } else { call != .close }
  }

  @Test(
    "A stored token is the old one, the new one or none, whichever system call fails",
    arguments: [
      ENOSPC, EIO, EDQUOT, EROFS, EACCES, ENOENT, EEXIST, EPERM, ENOMEM, ELOOP, ENOTDIR, ENXIO,
      EBADF,
    ], [false, true])
  func survivesEveryCall(code: Int32, isStored: Bool) throws {
    try prepare(isStored: isStored)
    let calm = SystemFaults()
    _ = try use(calm)
    #expect(try found() == "new")
    #expect(calm.calls.count > 20)
    for (number, call) in zip(1..., calm.calls) {
      let place = "call \(number), \(call), errno \(code)"
      try prepare(isStored: isStored)
      let faults = SystemFaults(at: number, .error(code))
      let loan = try use(faults)
      #expect(faults.struck == call, "\(place)")
      #expect(loan == nil || loan?.value.isEqual(to: token("old").value) == true, "\(place)")
      #expect(try [nil, "old", "new"].contains(found()), "\(place)")
      #expect(stored().allSatisfy { $0.hasPrefix("entrasync-token-") }, "\(place)")
      #expect(stored().count <= 1, "\(place)")
      #expect(faults.calls.count { $0 == .open } >= faults.calls.count { $0 == .close })
    }
  }

  @Test(
    "A stored token is written, read and dropped, whichever system call is interrupted or cut short"
  )
  func survivesInterruptions() throws {
    try prepare(isStored: true)
    let calm = SystemFaults()
    _ = try use(calm)
    for fault in [SystemCalls.Fault.error(EINTR), .short] {
      for (number, call) in zip(1..., calm.calls) where isPossible(fault, at: call) {
        try prepare(isStored: true)
        let loan = try use(SystemFaults(at: number, fault))
        #expect(loan?.value.isEqual(to: token("old").value) == true, "call \(number), \(call)")
        #expect(try found() == "new", "call \(number), \(call)")
      }
    }
  }

  @Test("A stored token leaves no descriptor open")
  func closes() throws {
    try prepare(isStored: true)
    let faults = SystemFaults()
    _ = try use(faults)
    let closed = faults.calls.count { $0 == .close }
    // The stream that lists the folder closes its own.
    #expect(faults.calls.count { $0 == .open } == closed + 1)
  }

  @Test("A stored token is not removed if a newer one has replaced it")
  func keepsNewer() throws {
    try prepare(isStored: true)
    let (store, run) = try open()
    let loan = try #require(store.borrow(run)?.token)
    #expect(store.isBorrowed(loan.value))
    _ = try use(SystemFaults())
    store.drop(loan.value)
    #expect(try found() == "new")
    let next = try #require(store.borrow(run)?.token)
    #expect(!store.isBorrowed(loan.value))
    store.drop(next.value)
    #expect(try found() == nil)
  }

  @Test("After two refused tokens no third one is borrowed, until there was a sign-in")
  func stopsBorrowing() throws {
    try prepare(isStored: true)
    let (store, run) = try open()
    for _ in 1...2 {
      let loan = try #require(store.borrow(run)?.token)
      store.drop(loan.value)
      // Another copy of the same token is no other loan.
      store.drop(token("old").value)
      _ = try use(SystemFaults())
    }
    #expect(store.borrow(run)?.token == nil)
    store.keep(token("own"), boundBy: try binding(), run)
    #expect(try found() == "own")
    #expect(store.borrow(run)?.token != nil)
  }

  @Test("A token is stored if its record is not larger than may be read", arguments: [0, 1])
  func hasLimit(excess: Int) throws {
    try prepare(isStored: true)
    let file = try #require(stored().first)
    let head = try folder.read("state/\(file)").utf8.count - "old".utf8.count
    let text = String(repeating: "x", count: StoredToken.largest - head + excess)
    let (store, run) = try open()
    _ = store.borrow(run)?.token
    store.keep(token(text), boundBy: try binding(), run)
    #expect(try found() == (excess == 0 ? text : "old"))
    #expect(stored() == [file])
  }
}
