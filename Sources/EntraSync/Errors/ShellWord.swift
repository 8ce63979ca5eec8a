extension String {
  /// The text as one word of a shell's command line, for a command that a message tells to type.
  public var shellWord: String {
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
