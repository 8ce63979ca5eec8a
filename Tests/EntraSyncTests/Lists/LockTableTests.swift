import Testing

@testable import EntraSync

@Suite struct LockTableTests {
  static let table = """
    1: FLOCK  ADVISORY  WRITE 3432 fe:00:5325504 0 EOF
    2: POSIX  ADVISORY  WRITE 99 fe:01:77 0 EOF
    3: FLOCK  ADVISORY  WRITE 4711 fe:01:77 0 EOF
    3: -> FLOCK  ADVISORY  WRITE 4712 fe:01:77 0 EOF
    4: FLOCK  ADVISORY  WRITE 0 103:00a:5 0 EOF
    5: OFDLCK ADVISORY  READ -1 00:05:6 0 EOF
    6: FLOCK
    7: FLOCK  ADVISORY  WRITE x fe:01:78 0 EOF
    8: FLOCK  ADVISORY  WRITE 12 fe:01 0 EOF
    """

  @Test(
    "A lock's holder is the process that has it, not one that waits for it",
    arguments: [
      (0xFE00, 5_325_504, 3432), (0xFE01, 77, 4711), (0xFE02, 77, nil), (0xFE01, 76, nil),
      // A lock of another container's process, and one of no process.
      (0x1_030A, 5, nil), (5, 6, nil), (0xFE01, 78, nil),
    ] as [(UInt64, UInt64, Int?)])
  func finds(device: UInt64, inode: UInt64, holder: Int?) {
    #expect(LockTable.holder(in: Self.table, device: device, inode: inode) == holder)
  }

  @Test(
    "A malformed lock table has no holder", arguments: ["", "\n", "1:", "1: FLOCK a b c d"])
  func survives(text: String) {
    #expect(LockTable.holder(in: text, device: 1, inode: 1) == nil)
  }

  @Test("A large device number is split as the system builds it")
  func splitsDevice() {
    // Major 0x1234, minor 0x56789.
    let device: UInt64 = 0x1000 << 32 | 0x567 << 20 | 0x234 << 8 | 0x89
    let table = "1: FLOCK ADVISORY WRITE 7 1234:56789:1 0 EOF"
    #expect(LockTable.holder(in: table, device: device, inode: 1) == 7)
  }
}
