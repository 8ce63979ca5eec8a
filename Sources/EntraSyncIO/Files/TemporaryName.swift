/// The names of the temporary files in which new content is written, in the folder of the file that
/// they replace.
///
/// All of one file's begin alike, so that a run can recognise what a killed run of the same file
/// has left, and does not remove another's.
struct TemporaryName {
  private let prefix: String

  /// Creates the names for one file.
  ///
  /// - Parameter file: The file's name, which may be as long as the file system permits.
  init(of file: Path) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a
    for byte in file.bytes.dropLast() {
      hash = (hash ^ UInt64(UInt8(bitPattern: byte))) &* 0x100_0000_01B3
    }
    prefix = ".entrasync-\(String(hash, radix: 36))-"
  }

  /// Makes up a name that no other file has.
  func next() -> Path {
    Path("\(prefix)\(String(UInt64.random(in: 0 ... .max), radix: 36)).tmp")
  }

  /// Whether a name belongs to a temporary file of the same file.
  func matches(_ name: Path) -> Bool {
    let text = name.text
    return text.hasPrefix(prefix) && text.hasSuffix(".tmp")
  }
}
