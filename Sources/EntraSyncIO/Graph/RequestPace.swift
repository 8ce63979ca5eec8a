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
  /// Before then, on the monotonic clock, nothing may be sent.
  private(set) var heldUntil = -Double.infinity

  /// Whether as many requests are on their way as may be.
  var isFull: Bool {
    transfers.removeAll(where: \.isOver)
    return transfers.count >= limit
  }

  /// Whether another request may be sent now.
  var allowsAnother: Bool { Clock.monotonic >= heldUntil && !isFull }

  /// Notes that a request is on its way.
  func noteStart(of transfer: Transfer) { transfers.append(transfer) }

  /// Sends nothing for a time, and half as many requests at once after that.
  ///
  /// Whatever else was on its way may be throttled too. That is not slowed down for once more.
  ///
  /// - Parameter delay: Seconds.
  func slowDown(for delay: Double) {
    let now = Clock.monotonic
    if now >= heldUntil { limit = max(1, limit / 2) }
    heldUntil = max(heldUntil, now + delay)
  }
}
