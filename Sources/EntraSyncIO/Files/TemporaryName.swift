/// The names of the files in which a list's new content is made ready, in the list's own folder.
///
/// They begin alike for one list, so that what a killed run has left can be told from the files of
/// another list's run.
struct TemporaryName {
  private let prefix: String

  /// The names of one list.
  ///
  /// - Parameter list: The list's name in its folder, which may be as long as a name can be.
  init(of list: Path) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a
    for byte in list.bytes.dropLast() {
      hash = (hash ^ UInt64(UInt8(bitPattern: byte))) &* 0x100_0000_01B3
    }
    prefix = ".entrasync-\(String(hash, radix: 36))-"
  }

  /// A name that nobody else has.
  func next() -> Path {
    Path("\(prefix)\(String(UInt64.random(in: 0 ... .max), radix: 36)).tmp")
  }

  /// Whether a name is one of this list's.
  func matches(_ name: Path) -> Bool {
    let text = name.text
    return text.hasPrefix(prefix) && text.hasSuffix(".tmp")
  }
}
