import CSystem
import Glibc

/// A block of memory.
///
/// A small one comes from the heap. A large one has pages of its own: they can move to where there
/// is room for more without a copy, and go back to the system at once. The heap would do so only as
/// long as the process has never freed a block of that size.
final class MemoryBlock {
  /// The smallest block that has pages of its own.
  private static let large = 1 << 18

  /// The first byte, aligned for every type.
  private(set) var start: UnsafeMutableRawPointer
  /// How many bytes there are.
  private(set) var count: Int
  private var isMapped: Bool { count >= MemoryBlock.large }

  /// Gets a block of zeros. As with Swift's own types, the process ends where there is no more
  /// memory.
  ///
  /// - Parameter count: The least number of bytes.
  init(bytes count: Int) {
    self.count = max(count, 256)
    start = MemoryBlock.get(self.count)
  }

  private static func get(_ count: Int) -> UnsafeMutableRawPointer {
    checked(count >= large ? shim_map(count) : calloc(1, count))
  }

  private static func checked(_ start: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer {
    guard let start else { preconditionFailure() }
    return start
  }

  /// Makes the block larger, and keeps what is in it. What comes behind that may hold anything.
  ///
  /// - Parameter larger: The new number of bytes.
  func grow(to larger: Int) {
    if isMapped {
      start = MemoryBlock.checked(shim_remap(start, count, larger))
    } else if larger < MemoryBlock.large {
      start = MemoryBlock.checked(realloc(start, larger))
    } else {
      let pages = MemoryBlock.get(larger)
      pages.copyMemory(from: start, byteCount: count)
      free(start)
      start = pages
    }
    count = larger
  }

  deinit {
    if isMapped { munmap(start, count) } else { free(start) }
  }
}
