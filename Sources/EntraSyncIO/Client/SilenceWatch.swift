import EntraSync

/// Notices how long nothing has come from the servers that a run waits for.
struct SilenceWatch {
  /// The requests that were not answered when ``update()`` looked.
  private(set) var transfers: [Transfer] = []
  /// When something was received last, or when the first unanswered request was sent.
  private var quietSince: Double?
  /// The server of the latest request.
  private var latestServer = ""
  /// The servers that have answered.
  private(set) var answered: Set<String> = []

  /// Notes that a request was sent.
  mutating func noteStart(of transfer: Transfer) {
    update()
    transfers.append(transfer)
    latestServer = transfer.request.server
    quietSince = quietSince ?? transfer.began
  }

  /// Notes which requests have ended since. If the last server has answered, none is waited for.
  /// Otherwise the wait goes on with the next try.
  mutating func update() {
    for transfer in transfers where transfer.isOver {
      transfers.removeAll { $0 === transfer }
      if case .answered = transfer.ending { answered.insert(transfer.request.server) }
      if case .answered = transfer.ending, transfers.isEmpty {
        quietSince = nil
      } else if let heard = transfer.heard {
        quietSince = max(heard, quietSince ?? heard)
      }
    }
  }

  /// Which server is being waited for, also between two tries, and how long; `nil` if none is.
  var silence: Silence? {
    guard let quietSince else { return nil }
    let heard = transfers.compactMap(\.heard).max() ?? quietSince
    return Silence(server: latestServer, seconds: Clock.monotonic - max(heard, quietSince))
  }
}
