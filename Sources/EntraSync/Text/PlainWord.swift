extension StringProtocol {
  /// Whether this is so plain that it can be nothing but a mistyped name, and may be shown.
  ///
  /// A secret that was pasted into the wrong place has digits or marks in it, or is longer.
  var isPlainWord: Bool {
    !isEmpty && utf8.count <= 24
      && utf8.allSatisfy { $0.isLetter || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
  }
}
