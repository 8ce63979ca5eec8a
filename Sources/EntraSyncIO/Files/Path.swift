import Glibc

/// A path as the system sees it: any bytes but NUL.
public struct Path: Sendable {
  /// The most bytes that the system takes as a path, without the NUL at their end.
  static let longest = Int(PATH_MAX) - 1

  /// The bytes with a NUL at their end.
  let bytes: [CChar]
  /// The bytes as somebody has named them, if ``bytes`` have become an absolute path since.
  private let named: [CChar]?

  /// A path from the bytes before the first NUL.
  init(bytes: some Sequence<CChar>) {
    self.init(bytes: bytes, named: nil)
  }

  private init(bytes: some Sequence<CChar>, named: [CChar]?) {
    let bytes = bytes.prefix { $0 != 0 } + [0]
    // What is too long for the system still is a path from the working folder.
    let isTooLong = named != nil && bytes.count - 1 > Path.longest
    self.bytes = isTooLong ? named ?? bytes : bytes
    self.named = isTooLong ? nil : named
  }

  /// A path from text.
  ///
  /// - Parameter text: The path in UTF-8.
  public init(_ text: String) {
    self.init(bytes: text.utf8.map { CChar(bitPattern: $0) })
  }

  /// A path from C.
  ///
  /// - Parameter pointer: Bytes that end with a NUL. Of a path that is too long for the system, not
  ///   all are kept, but too many.
  public init(cString pointer: UnsafePointer<CChar>) {
    let count = strnlen(pointer, Path.longest + 1)
    self.init(bytes: UnsafeBufferPointer(start: pointer, count: count))
  }

  /// The path as messages show it, which is how somebody has named it: bytes that are no UTF-8
  /// become `U+FFFD`.
  public var text: String {
    String(decoding: (named ?? bytes).dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The path as it leads now, wherever the process's working folder is later.
  ///
  /// A folder in which the process works may be closed to its user from above, or too deep for the
  /// longest path, so that no path leads there. The path stays relative then, since nothing else
  /// finds the file.
  ///
  /// - Parameter system: The calls to use.
  /// - Throws: `ENAMETOOLONG` for a path that is too long for the system, and an ``Errno`` if the
  ///   working folder has no path.
  /// - Returns: An absolute path that messages show as this one.
  func resolved(system: SystemCalls) throws(Errno) -> Path {
    guard bytes.count - 1 <= Path.longest else { throw Errno(code: ENAMETOOLONG) }
    if isAbsolute { return self }
    let folder: Path
    do {
      folder = try system.workingFolder()
    } catch {
      guard [ERANGE, ENAMETOOLONG].contains(error.code) else { throw error }
      return self
    }
    guard system.isWorkingFolder(folder) else { return self }
    return Path(bytes: folder.bytes.dropLast() + [Path.slash] + bytes, named: named ?? bytes)
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
    return end.map { Path(bytes: bytes[...$0], named: named) } ?? self
  }

  /// The path of something whose name is this one's with an ending.
  func appending(_ ending: String) -> Path {
    let ending = ending.utf8.map { CChar(bitPattern: $0) } + [0]
    return Path(bytes: bytes.dropLast() + ending, named: named.map { $0.dropLast() + ending })
  }

  /// Where a relative path leads when it begins at this path's folder.
  ///
  /// - Parameter path: A relative or absolute path.
  /// - Returns: The path as this path's folder sees it.
  func sibling(_ path: Path) -> Path {
    if path.isAbsolute { return path }
    func beside(_ bytes: [CChar]) -> [CChar] {
      bytes.lastIndex(of: Path.slash).map { bytes[...$0] + path.bytes } ?? path.bytes
    }
    return Path(bytes: beside(bytes), named: named.map(beside))
  }

  /// The path of something in this folder.
  func child(_ name: Path) -> Path {
    Path(bytes: withoutSlashAtEnd.bytes.dropLast() + [Path.slash] + name.bytes)
  }

  /// The path as the system takes it, whatever somebody has named it.
  var systemText: String { Path(bytes: bytes).text }

  private static let slash = CChar(UInt8(ascii: "/"))
}
