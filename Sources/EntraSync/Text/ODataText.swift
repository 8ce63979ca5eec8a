extension String {
  /// The text as a literal of an OData filter, in quotes, with each quote in it doubled.
  ///
  /// Source: OData 4.01, "URL Conventions", section 5.1.1.14.1; Microsoft Graph, "Use query
  /// parameters", escaping single quotes.
  var odataLiteral: String {
    var text = "'"
    // By scalars: as a Character, a quote with an accent on it is no quote.
    for scalar in unicodeScalars { text += scalar == "'" ? "''" : String(scalar) }
    return text + "'"
  }
}
