import EntraSync

/// How many requests may be on their way to a tenant at once, and from when on.
///
/// Graph throttles a tenant's application as a whole, so that a 429 slows all requests and not only
/// the one that it answers.
///
/// Source: Microsoft Graph, "Throttling guidance".
final class RequestPace {
  /// How many requests may be on their way before Graph has throttled any.
  private static let most = 4

  private var limit = RequestPace.most
  private var transfers: [Transfer] = []
  private var slowedDown = -Double.infinity

  /// Before then, on the monotonic clock, nothing may be sent.
  private(set) var heldUntil = -Double.infinity
  /// What Graph said when it wanted fewer requests; `nil` if it did not.
  private(set) var refusal: EntraSyncError?

  /// Whether as many requests are on their way as may be.
  var isFull: Bool {
    transfers.removeAll(where: \.isOver)
    return transfers.count >= limit
  }

  /// Seconds until something may be sent.
  var delay: Double { max(0, heldUntil - Clock.monotonic) }

  /// Whether another request may be sent now.
  var allowsAnother: Bool { delay == 0 && !isFull }

  /// Notes that a request is on its way.
  func noteStart(of transfer: Transfer) { transfers.append(transfer) }

  /// Sends nothing for a time, and half as many requests at once after that. The pace stays so for
  /// what is left to be read.
  ///
  /// - Parameters:
  ///   - delay: Seconds.
  ///   - transfer: The request that Graph throttled. If others were on their way beside it, the
  ///     same haste has led to their 429s, so that they are not slowed down for once more.
  ///   - refusal: What Graph said.
  func slowDown(for delay: Double, after transfer: Transfer, _ refusal: EntraSyncError) {
    let now = Clock.monotonic
    if transfer.began > slowedDown {
      limit = max(1, limit / 2)
      slowedDown = now
    }
    if now + delay >= heldUntil { (heldUntil, self.refusal) = (now + delay, refusal) }
  }
}
