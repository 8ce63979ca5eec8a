/// A path as the system sees it: any bytes but NUL.
public struct Path: Sendable {
  /// The bytes with a NUL at their end.
  let bytes: [CChar]

  /// A path from the bytes before the first NUL.
  init(bytes: some Sequence<CChar>) {
    self.bytes = bytes.prefix { $0 != 0 } + [0]
  }

  /// A path from text.
  ///
  /// - Parameter text: The path in UTF-8.
  public init(_ text: String) {
    self.init(bytes: text.utf8.map { CChar(bitPattern: $0) })
  }

  /// A path from C.
  ///
  /// - Parameter pointer: Bytes that end with a NUL.
  public init(cString pointer: UnsafePointer<CChar>) {
    var bytes: [CChar] = []
    var next = pointer
    while next.pointee != 0 {
      bytes.append(next.pointee)
      next += 1
    }
    self.init(bytes: bytes)
  }

  /// The path as messages show it: bytes that are no UTF-8 become `U+FFFD`.
  public var text: String {
    String(decoding: bytes.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Whether there are no bytes.
  public var isEmpty: Bool { bytes.count <= 1 }

  /// Whether it begins at the root of the file system.
  var isAbsolute: Bool { bytes.first == Path.slash }

  /// The names on the way, without those that lead nowhere. A slash at the end stands for the
  /// folder itself.
  var components: [Path] {
    let names = bytes.dropLast().split(separator: Path.slash).map { Path(bytes: $0) }
    let isFolder = bytes.count > 2 && bytes[bytes.count - 2] == Path.slash
    return (isFolder ? names + [Path(".")] : names)
  }

  /// The folder that the path is in: `.` where it names none.
  var folder: Path {
    guard let slash = bytes.lastIndex(of: Path.slash) else { return Path(".") }
    return slash == 0 ? Path("/") : Path(bytes: bytes[..<slash])
  }

  /// What comes after the last slash.
  var name: Path {
    guard let slash = bytes.lastIndex(of: Path.slash) else { return self }
    return Path(bytes: bytes[slash...].dropFirst())
  }

  /// The path without slashes at its end, which a folder's may have.
  var withoutSlashAtEnd: Path {
    let end = bytes.dropLast().lastIndex { $0 != Path.slash }
    return end.map { Path(bytes: bytes[...$0]) } ?? self
  }

  /// The path of something whose name is this one's with an ending.
  func appending(_ ending: String) -> Path {
    Path(bytes: bytes.dropLast() + ending.utf8.map { CChar(bitPattern: $0) })
  }

  /// Where a relative path leads when it begins at this path's folder.
  ///
  /// - Parameter path: A relative or absolute path.
  /// - Returns: The path as this path's folder sees it.
  func sibling(_ path: Path) -> Path {
    if path.bytes.first == Path.slash { return path }
    guard let slash = bytes.lastIndex(of: Path.slash) else { return path }
    return Path(bytes: bytes[...slash] + path.bytes)
  }

  private static let slash = CChar(UInt8(ascii: "/"))
}
