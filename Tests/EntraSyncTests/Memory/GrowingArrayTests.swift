import Testing

@testable import EntraSync

@Suite struct GrowingArrayTests {
  @Test("It holds what an array holds, on the heap and in pages of its own", arguments: 1...3)
  func holds(seed: Int) {
    var random = SplitMix(seed: UInt64(seed))
    var array = GrowingArray<UInt64>()
    var plain: [UInt64] = []
    // Blocks of 256 KiB and more have pages of their own.
    while plain.count < 200_000 {
      switch Int.random(in: 0..<20, using: &random) {
      case 0:
        let more = (0..<Int.random(in: 0...5_000, using: &random)).map { UInt64($0) }
        more.withUnsafeBufferPointer { array.append(contentsOf: $0) }
        plain += more
      case 1 where !plain.isEmpty:
        let place = plain.indices.randomElement(using: &random) ?? 0
        array[place] = UInt64(seed)
        plain[place] = UInt64(seed)
      case 2:
        let number = min(plain.count, Int.random(in: 0...300, using: &random))
        array.removeLast(number)
        plain.removeLast(number)
      default:
        array.append(UInt64(plain.count))
        plain.append(UInt64(plain.count))
      }
    }
    #expect(array.count == plain.count)
    #expect(array.elementsEqual(plain))
    let isSame = array.withUnsafeBufferPointer { $0.elementsEqual(plain) }
    #expect(isSame)
  }

  @Test("A copy keeps what it had, whichever of the two changes", arguments: [10, 100_000])
  func copies(count: Int) {
    var array = GrowingArray<UInt64>(zeros: count)
    let copy = array
    var other = array
    array.append(1)
    array[0] = 2
    other.removeLast(1)
    other.append(3)
    #expect(copy.elementsEqual(repeatElement(0, count: count)))
    #expect(array.elementsEqual([2] + [UInt64](repeating: 0, count: count - 1) + [1]))
    #expect(other.elementsEqual([UInt64](repeating: 0, count: count - 1) + [3]))
  }

  @Test("An empty one lends nothing, and takes nothing")
  func isEmpty() {
    var array = GrowingArray<UInt8>()
    let lent = array.withUnsafeBufferPointer { $0.count }
    #expect(lent == 0)
    array.append(contentsOf: UnsafeBufferPointer(start: nil, count: 0))
    array.removeLast(0)
    #expect(array.isEmpty)
  }

  @Test("A shared array of records keeps them while it shrinks and grows into pages of its own")
  func sharesRecords() {
    let rank = ClaimRecordTests.ranks[0]
    let make = { (number: Int) in
      ClaimRecord(
        person: ObjectID(random: UInt128(number)), start: number, addressLength: 20, rank: rank,
        form: .lines)
    }
    var array = GrowingArray<ClaimRecord>()
    for number in 0..<9_000 { array.append(make(number)) }
    let shared = array
    array.removeLast(4_000)
    for number in 0..<30_000 { array.append(make(number)) }
    let isWhole = shared.withUnsafeBufferPointer { lent in
      array.append(make(1))
      return lent.enumerated().allSatisfy { $0.offset == $0.element.start }
    }
    #expect(isWhole && shared.count == 9_000)
    #expect(array.count == 35_001)
    #expect(array[4_999].start == 4_999 && array[5_000].start == 0 && array[35_000].start == 1)
    #expect(GrowingArray<ClaimRecord>(zeros: 0).isEmpty)
  }
}
