/// The values of some members, such as those of one page: all texts end to end.
///
/// A list may have hundreds of thousands of members, and a `String` for each of their values would
/// take most of the time. Whoever needs one makes it from the bytes.
struct MemberTexts: Sendable {
  /// One value of one member.
  struct Value: Sendable {
    /// The attribute's place in ``attributes``.
    let place: Int32
    let start: Int32
    let end: Int32
  }

  /// The attributes that values can be of.
  private(set) var attributes: [Attribute]
  /// The values, member by member.
  private(set) var values: [Value] = []
  private var bytes: [UInt8] = []

  /// Begins without values.
  init(_ attributes: [Attribute]) { self.attributes = attributes }

  /// Where the values of the next member begin.
  var end: Int { values.count }

  /// Adds a value to the member that is being read.
  ///
  /// - Parameters:
  ///   - text: The value in UTF-8.
  ///   - place: The attribute's place in ``attributes``.
  mutating func append(_ text: UnsafeBufferPointer<UInt8>, at place: Int32) {
    let start = bytes.count
    bytes.append(contentsOf: text)
    values.append(Value(place: place, start: Int32(start), end: Int32(bytes.count)))
  }

  /// Adds a value of an attribute, which may be a new one, to the member that is being read.
  mutating func append(_ text: UnsafeBufferPointer<UInt8>, of attribute: Attribute) {
    if let place = place(of: attribute) { return append(text, at: place) }
    attributes.append(attribute)
    append(text, at: Int32(attributes.count - 1))
  }

  /// Removes values at the end.
  ///
  /// - Parameter end: The first of them.
  mutating func remove(from end: Int) {
    guard values.indices.contains(end) else { return }
    bytes.removeLast(bytes.count - Int(values[end].start))
    values.removeLast(values.count - end)
  }

  /// The place of an attribute; `nil` if no value can be of it.
  func place(of attribute: Attribute) -> Int32? {
    attributes.firstIndex(of: attribute).map(Int32.init)
  }

  /// Lends a value's bytes.
  func withBytes<Result>(
    of index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    let value = values[index]
    return bytes.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[Int(value.start)..<Int(value.end)]))
    }
  }

  /// A value as a text.
  func text(of index: Int) -> String { withBytes(of: index, \.text) }
}

/// What is kept of one member besides its values, which stand in a ``MemberTexts``.
struct MemberRecord: Sendable {
  let id: ObjectID
  let type: String
  let kind: Member.Kind
  let account: Member.Account
  /// The first of the values.
  let start: Int32
  /// Behind the last one.
  let end: Int32
}

/// The members of a page, in its order.
public struct Members: RandomAccessCollection, Sendable {
  private let records: [MemberRecord]
  private let texts: Member.Texts

  init(_ records: [MemberRecord], _ texts: MemberTexts) {
    self.records = records
    self.texts = Member.Texts(texts)
  }

  /// The place of the first member.
  public var startIndex: Int { 0 }
  /// Behind the place of the last member.
  public var endIndex: Int { records.count }
  /// One member.
  public subscript(index: Int) -> Member { Member(records[index], texts) }
}
