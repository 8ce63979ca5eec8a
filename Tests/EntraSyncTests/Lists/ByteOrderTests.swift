import Testing

@testable import EntraSync

@Suite struct ByteOrderTests {
  /// Texts that begin alike, are parts of each other, and have bytes of all kinds.
  static func texts(_ count: Int, seed: UInt64) -> [[UInt8]] {
    var random = SplitMix(seed: seed)
    let start = (0..<Int.random(in: 0...12, using: &random)).map { UInt8($0) }
    return (0..<count).map { _ in
      start
        + (0..<Int.random(in: 0...20, using: &random)).map { _ in
          [0, 1, 0x61, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
        }
    }
  }

  private static func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { ByteOrder.compare(left, $0) }
    }
  }

  @Test("Texts are compared byte by byte, however many are compared at once", arguments: [1, 2, 3])
  func compares(seed: Int) {
    let texts = Self.texts(200, seed: UInt64(seed))
    for left in texts {
      for right in texts {
        let order = Self.compare(left, right)
        #expect((order < 0) == left.lexicographicallyPrecedes(right))
        #expect((order == 0) == (left == right))
      }
    }
  }

  @Test("Texts are put in order, and equal ones as they are told to be", arguments: 1...20)
  func orders(seed: Int) {
    for count in [0, 1, 2, 3, 300] {
      let texts = Self.texts(count, seed: UInt64(seed))
      let bytes = texts.flatMap { $0 }
      let starts = texts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
      let order = bytes.withUnsafeBufferPointer { bytes in
        ByteOrder.order(count, { bytes[part: starts[$0]..<starts[$0 + 1]] }, equal: { $0 > $1 })
      }
      let plain = texts.indices.sorted {
        texts[$0] == texts[$1] ? $0 > $1 : texts[$0].lexicographicallyPrecedes(texts[$1])
      }
      #expect(order.map(Int.init) == plain)
    }
  }
}
