/// The kernel's table of file locks, which names the process that holds a list.
///
/// Source: proc(5), `/proc/locks`.
public enum LockTable {
  /// Who holds the lock of a file.
  ///
  /// - Parameters:
  ///   - text: The table, one lock a line: `1: FLOCK  ADVISORY  WRITE 3432 fe:00:5325504 0 EOF`.
  ///   - device: The number of the file's device, as stat(2) has it.
  ///   - inode: The file's inode.
  /// - Returns: A process id; `nil` if the table shows none, as in some containers.
  public static func holder(in text: String, device: UInt64, inode: UInt64) -> Int? {
    let major = (device >> 8) & 0xFFF | (device >> 32) & 0xFFFF_F000
    let minor = device & 0xFF | (device >> 12) & 0xFFFF_FF00
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      // A process that waits for a lock has an arrow before the kind.
      guard words.count >= 6, words[1] == "FLOCK", let process = Int(words[4]), process > 0 else {
        continue
      }
      let file = words[5].split(separator: ":")
      guard file.count == 3, UInt64(file[0], radix: 16) == major,
        UInt64(file[1], radix: 16) == minor, UInt64(file[2]) == inode
      else { continue }
      return process
    }
    return nil
  }
}
