extension Unicode.Scalar {
  /// Whether this is a letter, a mark or a digit beyond ASCII that somebody may read as an ASCII
  /// one: ｅ, ſ, ﬁ, 𝐞, ª and K are, and ß and ı, which fold to `ss` and `i`.
  ///
  /// Mail systems compare addresses after such foldings, so that it would be another's address.
  ///
  /// Source: Unicode, section 3.13, NFKC_Casefold.
  var foldsToASCII: Bool {
    var (low, high) = (0, Unicode.Scalar.foldedLetters.count)
    while low < high {
      let middle = (low + high) / 2
      let span = Unicode.Scalar.foldedLetters[middle]
      if span.contains(value) { return true }
      if value < span.lowerBound { high = middle } else { low = middle + 1 }
    }
    return false
  }
}
