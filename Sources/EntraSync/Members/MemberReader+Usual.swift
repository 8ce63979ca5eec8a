extension MemberReader {
  /// Reads a member that is a user with nothing unusual, as nearly all are, straight from the
  /// document.
  ///
  /// Each key is known and comes once, and each value is what it should be. A member with anything
  /// else is left to ``receive(_:)``, which knows all rules and what to say of each. Both make the
  /// same record of a usual member.
  ///
  /// - Parameter cursor: A place behind the `{` of a member; behind its `}` afterwards.
  /// - Returns: `nil` for a member that is not usual. Nothing has been read of it then.
  mutating func read(_ cursor: inout JSONCursor) -> MemberRecord? {
    let start = texts.end
    var usual = UsualMember()
    guard let end = readUsual(cursor.tape, from: cursor.index, &usual), usual.isUser,
      let id = usual.id
    else {
      texts.remove(from: start)
      return nil
    }
    cursor.leave(at: end)
    return MemberRecord(
      id: id, type: Member.userType, kind: .person, account: usual.account, start: Int32(start),
      end: Int32(texts.end))
  }

  /// Reads the keys and values of an object.
  ///
  /// - Returns: Behind its `}`; `nil` at the first thing that is not usual.
  private mutating func readUsual(
    _ tape: JSONTape, from start: Int, _ member: inout UsualMember
  ) -> Int? {
    var index = start
    var seen: UInt64 = 0
    var next = 0
    while tape.kind(at: index) == UInt8(ascii: "\"") {
      guard let place = usualKeys.find(tape.string(at: index), from: next) else { return nil }
      let bit: UInt64 = 1 << UInt64(place)
      guard seen & bit == 0 else { return nil }
      seen |= bit
      next = place + 1
      index += 1
      switch place {
      case 0:
        guard tape.kind(at: index) == UInt8(ascii: "\"") else { return nil }
        member.id = ObjectID(guid: tape.string(at: index))
        if let idPlace { texts.append(tape.string(at: index), at: idPlace) }
      case 1:
        guard tape.kind(at: index) == UInt8(ascii: "\"") else { return nil }
        member.isUser = tape.string(at: index).equals("#microsoft.graph.user")
      case 2:
        switch tape.kind(at: index) {
        case UInt8(ascii: "t"): member.account.isEnabled = true
        case UInt8(ascii: "f"): member.account.isEnabled = false
        case UInt8(ascii: "n"): break
        default: return nil
        }
      case 3:
        guard let text = textOrNull(tape, index) else { return nil }
        if let bytes = text {
          if bytes.equals("Member") {
            member.account.userType = .member
          } else {
            member.account.userType = Member.UserType(bytes.text)
          }
        }
      case 4:
        guard let text = textOrNull(tape, index) else { return nil }
        if let bytes = text { member.account.creation = Member.Creation(bytes.text) }
      default:
        guard let end = appendUsual(tape, index, at: place - UsualKeys.first) else { return nil }
        index = end
      }
      index += 1
    }
    return index + 1
  }

  /// A value that is null or a string of usual length; `nil` for any other one.
  private func textOrNull(
    _ tape: JSONTape, _ index: Int
  ) -> UnsafeBufferPointer<UInt8>?? {
    switch tape.kind(at: index) {
    case UInt8(ascii: "\""):
      tape.string(at: index).count <= UsualKeys.longestValue ? .some(tape.string(at: index)) : nil
    case UInt8(ascii: "n"): .some(nil)
    default: nil
    }
  }

  /// Keeps the value of an attribute, or each value of its list.
  ///
  /// - Returns: Where the value ends; `nil` for a value that is not usual.
  private mutating func appendUsual(_ tape: JSONTape, _ start: Int, at place: Int) -> Int? {
    let isCollection = usualKeys.areCollections[place]
    var index = start
    switch tape.kind(at: index) {
    case UInt8(ascii: "n"): return index
    case UInt8(ascii: "["):
      guard isCollection else { return nil }
      index += 1
    default:
      guard !isCollection, let text = textOrNull(tape, index), let bytes = text else { return nil }
      texts.append(bytes, at: Int32(place))
      return index
    }
    while tape.kind(at: index) != UInt8(ascii: "]") {
      guard let text = textOrNull(tape, index) else { return nil }
      if let bytes = text { texts.append(bytes, at: Int32(place)) }
      index += 1
    }
    return index
  }
}

/// What is read of a usual member besides its attributes.
private struct UsualMember {
  var id: ObjectID?
  var isUser = false
  var account = Member.Account()
}

/// The keys that a usual member may have.
struct UsualKeys: Sendable {
  /// Where the attributes begin.
  static let first = 5
  /// The most bytes of a usual value.
  static let longestValue = 1024

  /// Which of the attributes are lists.
  let areCollections: [Bool]
  /// The keys as they are written, by their places.
  let texts: [[UInt8]]
  /// What is looked at first; none if no member is usual.
  private let names: [Name]

  /// The keys of a user with some attributes. No member is usual if there are too many of them, or
  /// one stands somewhere else than in the user itself.
  init(_ attributes: [Attribute]) {
    areCollections = attributes.map(\.isCollection)
    let isPlain =
      attributes.count + UsualKeys.first <= UInt64.bitWidth
      && attributes.allSatisfy { $0.container == nil }
    let fixed = ["id", "@odata.type", "accountEnabled", "userType", "creationType"]
    let texts = (fixed + attributes.map(\.name)).map { Array($0.utf8) }
    self.texts = texts
    // The id itself is looked for, whether it is an attribute too or not.
    names = (isPlain ? texts : []).enumerated().map { index, text in
      index > 0 && text == texts[0] ? .none : text.withUnsafeBufferPointer { Name($0) }
    }
  }

  /// Finds a key.
  ///
  /// - Parameters:
  ///   - text: The key.
  ///   - start: Where to look first. Members have their keys in the same order, as a rule.
  /// - Returns: Its place: 0 for `id`, and from ``first`` on the attributes.
  func find(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    let name = Name(text)
    for index in start..<(start + names.count) {
      let place = index < names.count ? index : index - names.count
      if names[place] == name, name.isWhole || text.elementsEqual(texts[place]) { return place }
    }
    return nil
  }

  /// What tells a name from others: its first and its last eight bytes are all of nearly every one.
  private struct Name: Equatable, Sendable {
    private let count: Int
    private let first: UInt64
    private let last: UInt64

    /// A name that no key has.
    static let none = Name(count: -1)

    private init(count: Int) { (self.count, first, last) = (count, 0, 0) }

    /// Whether there is nothing between the first and the last bytes.
    var isWhole: Bool { count <= 16 }

    init(_ text: UnsafeBufferPointer<UInt8>) {
      count = text.count
      let bytes = UnsafeRawBufferPointer(text)
      if count >= 8 {
        first = bytes.loadUnaligned(as: UInt64.self)
        last = bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
      } else if count >= 4 {
        first = UInt64(bytes.loadUnaligned(as: UInt32.self))
        last = UInt64(bytes.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
      } else {
        first = text.reduce(0) { $0 << 8 | UInt64($1) }
        last = 0
      }
    }
  }
}
