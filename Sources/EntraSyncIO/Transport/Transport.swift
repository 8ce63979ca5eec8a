import CCurl
import EntraSync
import Glibc

/// Sends requests and reads their answers, on the thread that calls it and only while it is called.
///
/// It owns libcurl's multi handle. A transfer is always removed from it before it is released.
final class Transport {
  private let multi: UnsafeMutableRawPointer
  private let sockets = Sockets()
  private let turn = Turn()
  /// The process whose connections they are.
  let origin = CallOrigin()
  private var active: [UnsafeMutableRawPointer: Transfer] = [:]
  /// What the run's requests have met, and later ones avoid.
  private(set) var habits = TransportHabits()
  /// Whether Graph's last answer came over HTTP/2, which carries several at the same time.
  private(set) var speaksHTTP2 = false
  /// Lines for the log, until they are taken.
  private var notices: [(level: LogLevel, text: String)] = []
  /// The thread's signals, while libcurl works.
  private var held: HeldSignals?
  /// Keeps the standard numbers from libcurl's thread, while that looks a name up.
  private var numbers: StandardNumbers?
  /// Whether the connections were looked at since the caller was called last.
  private var isChecked = false
  /// Whether libcurl's handles were left behind.
  private var isLeft = false

  /// Readies libcurl.
  ///
  /// - Throws: `.network` when libcurl cannot be used.
  init() throws(EntraSyncError) {
    let sockets = sockets
    let made = StandardNumbers.kept {
      HeldSignals.during(.all) { () -> UnsafeMutableRawPointer? in
        guard Transport.isReady else { return nil }
        let files = WakeupFiles()
        let multi = curl_multi_init()
        if let multi { sockets.note(wakeupOf: multi, after: files) }
        return multi
      }
    }
    guard let multi = made else {
      throw EntraSyncError(
        .network,
        Transport.waitsForKeyLog
          ? "SSLKEYLOGFILE names a FIFO, at which libcurl would wait; remove it from the environment"
          : "libcurl cannot be initialised; is there enough memory?")
    }
    self.multi = multi
    // On HTTP/2 the pages overlap on one connection; on HTTP/1.1 the next one waits its turn.
    _ = shim_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, 1)
  }

  deinit {
    guard mayEnd() else { return }
    HeldSignals.during(.all) {
      for easy in active.keys { curl_multi_remove_handle(multi, easy) }
      _ = curl_multi_cleanup(multi)
    }
  }

  /// Whether libcurl and OpenSSL are ready. That happens once in a process.
  static let isReady = StandardNumbers.kept {
    HeldSignals.during(.all) {
      !waitsForKeyLog && curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
    }
  }

  /// Whether libcurl would wait until somebody reads the keys of its connections. It opens the file
  /// for them at its beginning, though none is written there.
  private static let waitsForKeyLog = {
    var status = stat()
    guard let path = getenv("SSLKEYLOGFILE"), stat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT == S_IFIFO
  }()

  /// Whether its connections may be used: they are this process's own, and still there.
  var isUsable: Bool { origin.isHere && sockets.areIntact && !isLeft }

  /// Itself, if its connections may be used.
  var ifUsable: Transport? { isUsable ? self : nil }

  /// Whether it has a connection that the next run can use.
  var isWorthKeeping: Bool { isUsable && sockets.areWorthKeeping }

  /// Readies the end of a transfer, or of all.
  ///
  /// - Returns: `false` if libcurl's handles are left behind instead.
  private func mayEnd() -> Bool {
    if isLeft { return false }
    if sockets.areIntact, origin.isHere { return true }
    // A child has no such thread as its parent's libcurl has started for a name.
    if sockets.areIntact, !sockets.areAwaited {
      sockets.abandon()
      return true
    }
    leave()
    return false
  }

  /// Leaks libcurl's handles on purpose. The process has closed their files itself, so closing the
  /// connections would write to whatever has their numbers now.
  private func leave() {
    isLeft = true
    sockets.close()
    _ = Unmanaged.passRetained(sockets)
    _ = Unmanaged.passRetained(turn)
    for transfer in active.values { _ = Unmanaged.passRetained(transfer) }
  }

  /// Calls the library's caller, who finds the process as it was before: with its own signals, and
  /// without files at the standard numbers that it has closed, unless a name is being looked up.
  ///
  /// - Parameter body: Calls it.
  /// - Returns: What `body` returns.
  func calling<Result>(_ body: () -> Result) -> Result {
    isChecked = false
    let isWorking = held != nil
    held?.release()
    if !sockets.areAwaited { numbers = nil }
    defer {
      if isWorking {
        numbers = numbers ?? StandardNumbers()
        held = HeldSignals(.all)
      }
    }
    return body()
  }

  /// Begins a transfer.
  ///
  /// - Parameter transfer: A new one.
  /// - Throws: `.network` when libcurl has no memory, and what ``advance(waitingAtMost:)`` throws.
  func start(_ transfer: Transfer) throws(EntraSyncError) {
    try check()
    try sockets.watch(transfer.easy)
    try turn.limit(transfer.easy)
    let code = HeldSignals.during(.all) { curl_multi_add_handle(multi, transfer.easy) }
    guard code == CURLM_OK else {
      throw EntraSyncError(.network, "libcurl cannot send a request; is there enough memory?")
    }
    active[transfer.easy] = transfer
  }

  /// Ends a transfer that is no longer needed.
  ///
  /// - Parameter transfer: A transfer that was started. If it has ended by itself, nothing happens.
  func cancel(_ transfer: Transfer) {
    guard active.removeValue(forKey: transfer.easy) != nil else { return }
    transfer.abandon()
    guard mayEnd() else {
      _ = Unmanaged.passRetained(transfer)
      return
    }
    HeldSignals.during(.all) { _ = curl_multi_remove_handle(multi, transfer.easy) }
    sockets.forgetClosed()
  }

  /// Notes that a run has ended. Connections stay open.
  func endRun() {
    guard active.isEmpty else { return }
    // libcurl does not wait for a name any more, though its thread may go on with it.
    if !isLeft { sockets.note(lookupsOf: multi) }
    numbers = nil
  }

  /// Moves all transfers on, and waits for something to happen.
  ///
  /// While libcurl works, the thread's signals are held back. While it waits, they arrive.
  ///
  /// - Parameter seconds: How long to wait at the most.
  /// - Throws: `.network` when libcurl fails as a whole, `.invalidArgument` in a child after
  ///   fork(), which would take the answers to its parent's requests, and in a process that has
  ///   closed the run's connections.
  func advance(waitingAtMost seconds: Double) throws(EntraSyncError) {
    try check()
    numbers = numbers ?? StandardNumbers()
    defer {
      if !sockets.areAwaited { numbers = nil }
    }
    for transfer in active.values { transfer.beginStep() }
    var running: Int32 = 0
    var code = holding { turn.take { curl_multi_perform(multi, &running) } }
    sockets.forgetClosed()
    sockets.note(lookupsOf: multi)
    let hasNews = collect()
    if code == CURLM_OK, !hasNews {
      code = ForkGate.outside {
        curl_multi_poll(multi, nil, 0, Int32(max(0, min(seconds, 60)) * 1000), nil)
      }
    }
    guard code == CURLM_OK else {
      throw EntraSyncError(
        .network, "libcurl failed (\(String(cString: curl_multi_strerror(code))))")
    }
  }

  /// Refuses to go on where the connections are not this process's own, or not there any more.
  private func check() throws(EntraSyncError) {
    try origin.check()
    if isChecked { return }
    isChecked = isUsable
    guard isChecked else { throw CallOrigin.filesClosed }
  }

  /// Runs `body` with the thread's signals held back, except in ``calling(_:)``.
  private func holding<Result>(_ body: () -> Result) -> Result {
    held = HeldSignals(.all)
    defer {
      held?.release()
      held = nil
    }
    return body()
  }

  /// Removes the transfers that have ended from libcurl's multi handle.
  ///
  /// - Returns: Whether there were any.
  private func collect() -> Bool {
    var hasNews = false
    var http2Fault: (server: String, detail: String)?
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else {
        continue
      }
      let code = message.pointee.data.result
      HeldSignals.during(.all) { _ = curl_multi_remove_handle(multi, easy) }
      sockets.forgetClosed()
      hasNews = true
      if let transfer = active[easy], transfer.beginsAgain(after: code) {
        noteUntakenTicket(of: transfer)
        if HeldSignals.during(.all, { curl_multi_add_handle(multi, easy) }) == CURLM_OK { continue }
      }
      if let transfer = active.removeValue(forKey: easy) {
        transfer.finish(code)
        if transfer.request.token != nil, case .answered = transfer.ending {
          speaksHTTP2 = transfer.isOverHTTP2
        }
        // Several transfers may have lost one connection.
        http2Fault = http2Fault ?? transfer.http2Fault.map { (transfer.request.server, $0) }
      }
    }
    if let (server, detail) = http2Fault, let text = habits.http2.noteFault(server, detail) {
      notices.append((.warning, text))
    }
    return hasNews
  }

  /// Takes what a run has to tell of its transport.
  func takeNotices() -> [(level: LogLevel, text: String)] {
    defer { notices = [] }
    return notices
  }

  /// Notes that another run uses it from now on.
  func beginRun() { habits.beginRun() }

  /// Notes that a password takes the place of a Kerberos ticket, for the rest of the run. That is
  /// as it should be where there are no tickets, so it is no warning.
  private func noteUntakenTicket(of transfer: Transfer) {
    guard habits.triesNegotiate else { return }
    habits.triesNegotiate = false
    notices.append((.info, ProxyRefusal.untakenTicket(transfer.request.server)))
  }
}
