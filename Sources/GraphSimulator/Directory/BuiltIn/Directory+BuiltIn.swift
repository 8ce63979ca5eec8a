extension Directory {
  /// The directory with the built-in groups.
  ///
  /// The people of ``BuiltInGroup/nested`` and ``BuiltInGroup/inner`` have the lowest numbers;
  /// those of ``BuiltInGroup/main`` follow. A main group of 100 people therefore holds the first
  /// 100 people of a main group of 2,500.
  ///
  /// - Parameters:
  ///   - members: How many people ``BuiltInGroup/main`` has.
  ///   - seed: The seed of the made-up people.
  /// - Returns: A directory; equal arguments give equal directories.
  public static func builtIn(members: Int, seed: UInt64) -> Directory {
    var directory = Directory(seed: seed)
    let firstOfMain = 40
    let contents: [(BuiltInGroup, mail: String?, entries: [Entry])] = [
      (.main, "mail.senders@example.com", main(people: firstOfMain..<(firstOfMain + members))),
      (
        .nested, "sales@example.com",
        (0..<30).map(Entry.madeUp)
          + (firstOfMain..<(firstOfMain + min(5, members))).map(Entry.madeUp)
          + [.given(.group(id: BuiltInGroup.inner.id))]
      ),
      (
        .inner, nil,
        (30..<33).map(Entry.madeUp) + [.given(.group(id: BuiltInGroup.nested.id))]
      ),
      (.oddities, nil, oddities.map { .given(.user($0)) }),
      (.empty, nil, []),
      (.single, nil, [.given(.user(onlyPerson))]),
      (.mixed, nil, mixed.map(Entry.given)),
      (.doubles, nil, doubles.map { .given(.user($0)) }),
      (.leavers, nil, [.given(.user(leaver))]),
      (
        .hidden, nil,
        (33..<36).map(Entry.madeUp)
          + (firstOfMain..<(firstOfMain + members)).dropFirst(5).prefix(5).map(Entry.madeUp)
      ),
    ]
    for (group, mail, entries) in contents {
      directory.setGroup(
        group.id, to: Group(displayName: group.displayName, mail: mail, entries: entries))
    }
    directory.setHidesMembers(true, of: BuiltInGroup.hidden.id)
    return directory
  }

  /// The one member of ``BuiltInGroup/single``.
  static let onlyPerson = Person(
    id: "b0000000-0000-4000-8000-000000000001", mail: "ainoa.jasen@example.com",
    mobilePhone: "040 123 123 123", displayName: "Ainoa Jäsen")

  /// The people, with one of the ``others`` after every eighth of them, from the first on.
  ///
  /// In a small group the rest of them follows at the end, so that it still holds all of them.
  private static func main(people: Range<Int>) -> [Entry] {
    var entries: [Entry] = []
    entries.reserveCapacity(people.count + others.count)
    var remaining = others[...]
    for (index, number) in people.enumerated() {
      entries.append(.madeUp(number))
      if index.isMultiple(of: 8), let other = remaining.popFirst() { entries.append(.given(other)) }
    }
    return entries + remaining.map(Entry.given)
  }

  /// The members of ``BuiltInGroup/main`` that are not people.
  private static let others: [Member] =
    [
      .group(id: BuiltInGroup.nested.id), .group(id: BuiltInGroup.single.id),
    ]
    + (1...5).map { number in
      .contact(
        Contact(
          id: ObjectID.make(high: 0xC000_0000_0000_0000, low: UInt64(number)),
          displayName: "Supplier \(number)", mail: "supplier\(number)@contacts.example.net"))
    }
    + (1...5).map { number in
      .device(
        Device(
          id: ObjectID.make(high: 0xD000_0000_0000_0000, low: UInt64(number)),
          displayName: "LAPTOP-\(number)"))
    }
}
