extension String {
  /// Whether two texts are the same bytes in UTF-8.
  ///
  /// `==` also holds for texts that Unicode calls canonically equivalent, such as `é` in one scalar
  /// and in two. In a list these are two lines, and to a gateway two addresses.
  ///
  /// - Parameter other: The other text.
  /// - Returns: `false` for equivalent texts of other bytes.
  public func hasSameBytes(as other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    var (one, two) = (self, other)
    return one.withUTF8 { one in two.withUTF8 { ByteOrder.areEqual(one, $0) } }
  }
}

extension Sequence<String> {
  /// Whether one of the texts has the same bytes as another.
  ///
  /// - Parameter text: The other text.
  /// - Returns: `false` where there are only canonically equivalent ones.
  public func containsBytes(of text: String) -> Bool { contains { $0.hasSameBytes(as: text) } }
}
