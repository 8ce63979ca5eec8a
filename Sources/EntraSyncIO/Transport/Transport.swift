import CCurl
import EntraSync
import Glibc

/// Sends requests and reads their answers, on the thread that calls it and only while it is called.
///
/// It owns libcurl's multi handle. A transfer is always removed from it before it is released.
final class Transport {
  private let multi: UnsafeMutableRawPointer
  private let sockets = Sockets()
  private let owner = getpid()
  private var active: [UnsafeMutableRawPointer: Transfer] = [:]
  /// When something was received last, or when the first unanswered request was sent.
  private var quietSince: Double?

  /// Readies libcurl; its one-time initialisation happens at the first use in the process.
  ///
  /// - Throws: `.network` when libcurl cannot be used.
  init() throws(EntraSyncError) {
    guard Transport.isReady, let multi = curl_multi_init() else {
      throw EntraSyncError(.network, "libcurl cannot be initialised; is there enough memory?")
    }
    self.multi = multi
    // On HTTP/2 the pages overlap on one connection; on HTTP/1.1 the next one waits its turn.
    _ = shim_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, 1)
  }

  deinit {
    guard sockets.areIntact else { return leave() }
    if !isOurs { sockets.abandon() }
    BrokenPipe.shielded {
      for easy in active.keys { curl_multi_remove_handle(multi, easy) }
      _ = curl_multi_cleanup(multi)
    }
  }

  /// Whether this process opened its connections; a child after fork() did not.
  private var isOurs: Bool { getpid() == owner }

  /// Whether its connections may be used: they are this process's own, and still there.
  var isUsable: Bool { isOurs && sockets.areIntact }

  /// Leaks libcurl's handles on purpose. The process has closed their sockets itself, so closing
  /// the connections would write to whatever has their numbers now.
  private func leave() {
    _ = Unmanaged.passRetained(sockets)
    for transfer in active.values { _ = Unmanaged.passRetained(transfer) }
  }

  private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// Begins a transfer.
  ///
  /// - Parameter transfer: A new one.
  /// - Throws: `.network` when libcurl has no memory.
  func start(_ transfer: Transfer) throws(EntraSyncError) {
    sockets.watch(transfer.easy)
    guard curl_multi_add_handle(multi, transfer.easy) == CURLM_OK else {
      throw EntraSyncError(.network, "libcurl cannot send a request; is there enough memory?")
    }
    active[transfer.easy] = transfer
    quietSince = quietSince ?? transfer.began
  }

  /// Which server is being waited for, and how long; `nil` if none is.
  var silence: Silence? {
    guard let quietSince, let latest = active.values.max(by: { $0.began < $1.began }) else {
      return nil
    }
    let heard = active.values.compactMap(\.heard).max() ?? quietSince
    return Silence(
      server: latest.request.server, seconds: Clock.monotonic - max(heard, quietSince))
  }

  /// Ends a transfer that is no longer needed.
  ///
  /// - Parameter transfer: A transfer that was started. If it has ended by itself, nothing happens.
  func cancel(_ transfer: Transfer) {
    guard active.removeValue(forKey: transfer.easy) != nil else { return }
    noteEnd(of: transfer)
    if !isOurs { sockets.abandon() }
    BrokenPipe.shielded { _ = curl_multi_remove_handle(multi, transfer.easy) }
  }

  /// Ends all transfers that are still running. Connections stay open.
  func cancelAll() {
    for transfer in active.values { cancel(transfer) }
    quietSince = nil
  }

  /// Moves all transfers on, and waits for something to happen.
  ///
  /// - Parameter seconds: How long to wait at the most.
  /// - Throws: `.network` when libcurl fails as a whole, `.invalidArgument` in a child after
  ///   fork(), which would take the answers to its parent's requests.
  func advance(waitingAtMost seconds: Double) throws(EntraSyncError) {
    guard isOurs else {
      throw EntraSyncError(
        .invalidArgument,
        "a callback forked and its child went on with the run; end the child there, or fork elsewhere"
      )
    }
    var running: Int32 = 0
    var code = BrokenPipe.shielded { curl_multi_perform(multi, &running) }
    let hasNews = collect()
    if code == CURLM_OK, !hasNews {
      code = curl_multi_poll(multi, nil, 0, Int32(max(0, min(seconds, 60)) * 1000), nil)
    }
    guard code == CURLM_OK else {
      throw EntraSyncError(
        .network, "libcurl failed (\(String(cString: curl_multi_strerror(code))))")
    }
  }

  /// Removes the transfers that have ended from libcurl's multi handle.
  ///
  /// - Returns: Whether there were any.
  private func collect() -> Bool {
    var hasNews = false
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else {
        continue
      }
      let code = message.pointee.data.result
      BrokenPipe.shielded { _ = curl_multi_remove_handle(multi, easy) }
      if let transfer = active.removeValue(forKey: easy) {
        transfer.finish(code)
        noteEnd(of: transfer)
      }
      hasNews = true
    }
    return hasNews
  }

  /// If the server has answered, it is no longer waited for. Otherwise the wait goes on with the
  /// next try.
  private func noteEnd(of transfer: Transfer) {
    if case .answered = transfer.ending, active.isEmpty {
      quietSince = nil
    } else if let heard = transfer.heard {
      quietSince = max(heard, quietSince ?? heard)
    }
  }
}
