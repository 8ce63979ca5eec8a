extension String {
  /// A path as one word of a shell's command line, for a command that a message tells to type.
  ///
  /// One that begins with `-` gets `./` in front, since a command would take it for an option.
  public var shellWord: String {
    if hasPrefix("-") { return "./\(self)".shellWord }
    let isPlain =
      !isEmpty
      && utf8.allSatisfy {
        $0.isLetter || $0.isDigit || "/._-+@%,:=".utf8.contains($0)
      }
    if isPlain { return self }
    return
      "'\(singleLine.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#))'"
  }
}
