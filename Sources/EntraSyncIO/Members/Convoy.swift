import EntraSync

/// The clients whose groups are read at the same time, over the same connections.
///
/// One of them has its turn: its members are taken, its time runs, and its observer is told. The
/// others read ahead. What goes wrong with them shows in their own turn.
final class Convoy {
  /// How many pages may be kept, or be on their way, for groups whose turn has not come.
  var mostAhead = 100
  /// Whether clients read ahead over HTTP/1.1 too. There, their pages wait for one another, and the
  /// time of the client that has its turn would pass.
  var overHTTP1 = false
  /// Whether the members of a group were taken.
  var hasTaken = false

  /// Sends the requests of all of them; `nil` before the first has joined.
  private(set) var transport: Transport?
  /// Reads the answers, one at a time. A run's own parser may read a token's answer while a page is
  /// open.
  let parser = JSONParser()
  private var readers: [GroupsReader] = []
  private var paces: [String: RequestPace] = [:]

  /// Begins without clients.
  ///
  /// - Parameter transport: Sends the requests of their runs; without one, the first run's does.
  init(over transport: Transport? = nil) {
    self.transport = transport
    transport?.beginRun()
  }

  /// How many more pages may be asked for ahead.
  var room: Int { mostAhead - readers.reduce(0) { $0 + $1.ahead } }

  /// The pace at which a tenant is asked, by all its configurations together.
  ///
  /// - Parameter configuration: One of them.
  /// - Returns: The pace.
  func pace(of configuration: Configuration) -> RequestPace {
    let tenant = "\(configuration.graph.origin) \(configuration.tenant)"
    let pace = paces[tenant] ?? RequestPace()
    paces[tenant] = pace
    return pace
  }

  /// Lets a client's groups be read from now on, until they ``leave(_:)``.
  func join(_ reader: GroupsReader) {
    transport = reader.run.transport
    readers.append(reader)
  }

  /// Lets a client's groups alone, since they were read, or are not wanted any more.
  func leave(_ reader: GroupsReader) {
    reader.run.cancelAll()
    readers.removeAll { $0 === reader }
  }

  /// Sends what can be sent, waits until something happens, and reads what has come.
  ///
  /// - Parameter current: Whose turn it is.
  /// - Throws: What ends the run of that client.
  func step(of current: GroupsReader) throws(EntraSyncError) {
    let patience = try current.send()
    try current.run.advance(waitingAtMost: min(patience, sendAhead(of: current)))
    try current.readAnswers { sendNext(current) }
    for reader in readers where reader !== current {
      reader.keepingFailure { () throws(EntraSyncError) in
        try reader.readAnswers { sendNext(current) }
      }
    }
  }

  /// Sends the requests that are known and due of the clients that have to wait for their turn.
  ///
  /// - Returns: For how many seconds there is nothing else to do for them.
  private func sendAhead(of current: GroupsReader) -> Double {
    var patience = Double.infinity
    guard overHTTP1 || current.run.transport.speaksHTTP2 else { return patience }
    for (index, reader) in readers.enumerated() where reader !== current {
      // A token that another client is about to share is waited for.
      let isServed = readers[..<index].contains {
        $0.isSigningIn && $0.tokens.shareFile(with: reader.tokens)
      }
      guard !isServed else { continue }
      reader.keepingFailure { () throws(EntraSyncError) in
        patience = min(patience, try reader.send())
      }
    }
    return patience
  }

  /// Sends what can be sent now, such as the request for the page that a page link names.
  private func sendNext(_ current: GroupsReader) {
    current.keepingFailure { () throws(EntraSyncError) in _ = try current.send() }
    _ = sendAhead(of: current)
    current.keepingFailure { () throws(EntraSyncError) in
      try current.run.transport.advance(waitingAtMost: 0)
    }
  }
}
