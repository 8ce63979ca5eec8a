import EntraSync

/// The readings of a list's clients, in their order. While one has its turn, those that follow read
/// ahead.
struct ReadingQueue {
  /// How many clients are read at the same time.
  private static let mostClients = 8

  private var waiting: ArraySlice<(client: Client, address: QueryFilter.Field?)>
  private var begun: [(client: Client, reading: PeopleReading)] = []
  private var convoy = Convoy()

  /// Prepares to read. Nothing is sent yet.
  ///
  /// - Parameter clients: The clients, and the field by which people have addresses.
  init(_ clients: [(client: Client, address: QueryFilter.Field?)]) {
    waiting = clients[...]
  }

  /// Takes out the reading whose turn it is, and begins those that can go along.
  ///
  /// - Returns: `nil` after the last one.
  mutating func takeNext() -> PeopleReading? {
    if begun.isEmpty { convoy = Convoy(over: waiting.first?.client.series?.usableTransport) }
    while begun.count < ReadingQueue.mostClients, let next = waiting.first, joins(next.client) {
      let reading = PeopleReading(of: next.client, in: convoy, address: next.address)
      begun.append((next.client, reading))
      waiting.removeFirst()
    }
    return begun.isEmpty ? nil : begun.removeFirst().reading
  }

  /// Whether a client can be read beside those that have begun. Its requests must take the same way
  /// out: a proxy that takes no Kerberos ticket says nothing about another one.
  private func joins(_ client: Client) -> Bool {
    begun.allSatisfy {
      $0.client !== client && $0.client.configuration.hasSameProxy(as: client.configuration)
    }
  }
}
