import EntraSync

/// The readings of a list's clients, in their order. While one has its turn, those that follow read
/// ahead.
struct ReadingQueue {
  /// How many clients are read at the same time.
  private static let mostClients = 8

  private let overHTTP1: Bool
  private let clients: [(client: Client, address: QueryFilter.Field?)]
  /// The readings that have begun and wait for their turn: those of the clients before ``next``.
  private var begun: [PeopleReading] = []
  private var next = 0
  private var convoy = Convoy()

  /// Prepares to read. Nothing is sent yet.
  ///
  /// - Parameters:
  ///   - clients: The clients, and the field by which people have addresses.
  ///   - overHTTP1: Whether they are read at the same time over HTTP/1.1 too.
  init(_ clients: [(client: Client, address: QueryFilter.Field?)], overHTTP1: Bool = false) {
    self.overHTTP1 = overHTTP1
    self.clients = clients
  }

  /// Takes out the reading whose turn it is, and begins those that can go along.
  ///
  /// - Returns: The reading, and the number of its client; `nil` after the last one.
  mutating func takeNext() -> (number: Int, reading: PeopleReading)? {
    guard !begun.isEmpty || next < clients.count else { return nil }
    if begun.isEmpty {
      convoy = Convoy(over: clients[next].client.series?.usableTransport)
      convoy.overHTTP1 = overHTTP1
    }
    for (client, address) in clients[next...].prefix(ReadingQueue.mostClients - begun.count) {
      guard joins(client) else { break }
      begun.append(PeopleReading(of: client, in: convoy, address: address))
      next += 1
    }
    return (next - begun.count, begun.removeFirst())
  }

  /// Whether a client can be read beside those that have begun.
  private func joins(_ client: Client) -> Bool {
    begun.allSatisfy { $0.client !== client && $0.client.takesSameWay(as: client) }
  }
}
