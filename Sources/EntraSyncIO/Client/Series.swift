/// The runs of a client for one list.
struct Series {
  /// What they have read so far, from which progress goes on.
  private(set) var progress = Progress()
  /// The connections of the last one.
  private var transport: Transport?

  /// The connections that the next run can use; `nil` if there are none.
  var usableTransport: Transport? { transport?.ifUsable }

  /// Notes that a run has ended.
  mutating func noteEnd(of run: Run) {
    progress = run.progress
    transport = run.transport
  }
}
