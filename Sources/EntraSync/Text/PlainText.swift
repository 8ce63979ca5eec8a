extension String {
  /// The text of a file that a person wrote: UTF-8, with or without a byte order mark.
  ///
  /// It is `nil` for what is no UTF-8.
  ///
  /// - Parameter bytes: The file's content.
  public init?(plainText bytes: [UInt8]) {
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    self.init(validating: bytes.dropFirst(hasMark ? 3 : 0), as: UTF8.self)
  }
}
