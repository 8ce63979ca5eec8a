extension LineShape {
  /// What one person would put into a list: a claim on each address of the person.
  ///
  /// It is what ``read(_:skip:claim:line:)`` hands out. The lines of nearly all people are made of
  /// plain ASCII values with nothing to refuse, and are put together from their bytes.
  ///
  /// - Parameters:
  ///   - member: The person as the directory has it.
  ///   - claims: Gets the claims.
  ///   - skip: Receives each reason why the person, or a value, is left out.
  ///   - line: Receives each line that belongs to no address, without its end.
  public func read(
    _ member: Member, into claims: inout ClaimSet, skip: (String) -> Void, line: (String) -> Void
  ) {
    let start = claims.count
    if readUsual(member, &claims), !claims.hasRepetition(from: start) { return }
    claims.remove(from: start)
    read(member, skip: skip, claim: { claims.insert($0) }, line: line)
  }

  /// Adds the claims of a person whose line has one value of each field.
  ///
  /// - Returns: `false` at the first value that is not usual; some claims may be there then.
  private func readUsual(_ member: Member, _ claims: inout ClaimSet) -> Bool {
    guard let addressIndex,
      let alternative = LineShape.alternative(of: needed[addressIndex], in: member)
    else { return false }
    let attribute = needed[addressIndex].alternatives[alternative]
    let rank = ClaimRank(alternative: alternative, of: member)
    var (count, valueCount) = (0, 0)
    let isWhole = member.forEachValue(of: attribute) { value in
      guard let value = LineShape.usualAddress(value, of: attribute) else { return false }
      valueCount += 1
      guard valueCount <= LineShape.mostUsualValues else { return false }
      // Another kind of address, such as `SIP:`, does not count.
      guard let value else { return true }
      count += 1
      return claims.insert(
        member.id, rank, isAddressAlone: isLineAddress,
        address: { appendUsualAddress(value, to: &$0) },
        line: { appendUsualLine(of: member, address: $1, to: &$0) })
    }
    return isWhole && count > 0
  }

  /// Adds a line.
  ///
  /// - Returns: `false` at the first value that is not usual.
  private func appendUsualLine(
    of member: Member, address: Range<Int>, to bytes: inout [UInt8]
  ) -> Bool {
    for part in parts {
      switch part {
      case .text(let text): bytes.append(contentsOf: text.utf8)
      case .field(let index) where index == addressIndex: bytes.repeatAtEnd(address)
      case .field(let index):
        guard appendUsual(needed[index], of: member, to: &bytes) else { return false }
      }
    }
    return true
  }

  /// Adds the one value that a person has of a field.
  private func appendUsual(
    _ field: QueryFilter.Field, of member: Member, to bytes: inout [UInt8]
  ) -> Bool {
    guard let alternative = LineShape.alternative(of: field, in: member) else { return false }
    let attribute = field.alternatives[alternative]
    var count = 0
    let isWhole = member.forEachValue(of: attribute) { value in
      count += 1
      guard count == 1 else { return false }
      switch attribute.kind {
      case .address:
        guard let address = LineShape.usualAddress(value, of: attribute), let address else {
          return false
        }
        return appendUsualAddress(address, to: &bytes)
      case .phone: return PhoneNumber.appendUsual(value, by: rules, to: &bytes)
      case .text: return Word.appendUsual(value, to: &bytes)
      }
    }
    return isWhole && count == 1
  }

  private func appendUsualAddress(
    _ value: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]
  ) -> Bool {
    let start = bytes.count
    guard Address.appendUsual(value, to: &bytes) else { return false }
    guard rules.demandsAddresses else { return true }
    let end = bytes.count
    return bytes.withUnsafeBufferPointer { rules.admits(usual: $0[part: start..<end]) }
  }

  /// The first alternative of a field of which a person has a value.
  private static func alternative(of field: QueryFilter.Field, in member: Member) -> Int? {
    field.alternatives.firstIndex { member.hasValue(of: $0) }
  }

  /// The part of a value that is an address, without Exchange's prefix.
  ///
  /// - Returns: The address; `.some(nil)` for a value that does not count, `nil` for one that has
  ///   to be looked at more closely.
  private static func usualAddress(
    _ value: UnsafeBufferPointer<UInt8>, of attribute: Attribute
  ) -> UnsafeBufferPointer<UInt8>?? {
    guard attribute.isCollection, let colon = value.firstIndex(of: UInt8(ascii: ":")) else {
      return .some(value)
    }
    guard attribute == .aliases, value[part: 0..<colon].allSatisfy({ $0.isLetter || $0.isDigit })
    else { return nil }
    let isMail = value[part: 0..<colon].elementsEqual("smtp".utf8) { $0 | 0x20 == $1 }
    return .some(isMail ? value[part: colon + 1..<value.count] : nil)
  }

  /// The most values of one person. Each address is compared with the others.
  private static let mostUsualValues = 32
}

extension [UInt8] {
  /// Adds some of its own bytes once more. A slice of them would have all bytes copied.
  fileprivate mutating func repeatAtEnd(_ range: Range<Int>) {
    let start = count
    append(contentsOf: repeatElement(0, count: range.count))
    withUnsafeMutableBytes { bytes in
      UnsafeMutableRawBufferPointer(rebasing: bytes[start...])
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[range]))
    }
  }
}
