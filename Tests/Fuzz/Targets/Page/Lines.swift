@testable import EntraSync

/// Requires that texts of the directory do not become syntax of a list.
///
/// - Parameter members: The members of a page, including those that are not people.
func requireLines(of members: [Member]) {
  for template in Template.all {
    var lines = LineSet()
    for member in members {
      var count = 0
      var skips = 0
      let take = { (line: String) in
        count += 1
        lines.insert(line.utf8)
        requireLine(line, of: template)
      }
      template.shape.read(member) { reason in
        skips += 1
        requirePresentable(reason)
      } claim: { claim in
        if case .lines(let claimed) = claim.outcome { claimed.forEach(take) }
      } line: { line in
        take(line)
      }
      requireSame(template.shape, member)
      require(count > 0 || skips > 0, "who gets no line is named with a reason", member)
      require(count <= 1000, "one person does not fill a list", member.id.text)
    }
    lines.order()
    let again = LineSet(fileContent: lines.fileContent)
    require(
      again.difference(from: lines).change
        == ListChange(
          before: lines.count, after: lines.count, added: 0, removed: 0),
      "a list that is read again is the same", lines.count)
  }
}

/// Requires that a run, which has a short way through usual values, comes to the same claims.
private func requireSame(_ shape: LineShape, _ member: Member) {
  var (claims, taken) = (ClaimSet(), ClaimSet())
  var (reasons, skips): ([String], [String]) = ([], [])
  shape.read(member, skip: { reasons.append($0) }, claim: { claims.insert($0) }, line: { _ in })
  shape.read(member, into: &taken, skip: { skips.append($0) }, line: { _ in })
  require(skips == reasons, "both ways leave out the same", skips)
  require(claims.claims == taken.claims, "both ways claim the same", member)
}

/// Requires that a line has the fields of its template and nothing else.
private func requireLine(_ line: String, of template: Template) {
  let words = line.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    .map { String(decoding: $0, as: UTF8.self) }
  require(words.count == template.words.count, "a line has the fields of its template", line)
  for (word, wanted) in zip(words, template.words) {
    switch wanted {
    case .literal(let text): require(word == text, "literal text stays", line)
    case .attribute(let attribute): requireWord(word, of: attribute, line)
    }
  }
}

private func requireWord(_ word: String, of attribute: Attribute, _ line: String) {
  let isBland = word.unicodeScalars.allSatisfy { scalar in
    let isMark = scalar.isASCII && "*<>#|,;:\"'`()[]{}\\$?".unicodeScalars.contains(scalar)
    return !scalar.properties.isWhitespace
      && (!isMark || scalar == "'" && attribute.kind != .phone)
      && ![.control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse]
        .contains(scalar.properties.generalCategory)
  }
  require(!word.isEmpty && isBland, "a field holds no syntax", line)
  require(word == word.lowercased(), "a list is in lower case", line)
  let again = try? attribute.read(word, by: ValueRules())
  require(again?.utf8.elementsEqual(word.utf8) == true, "it stays so", line)
  let ats = word.utf8.count { $0 == UInt8(ascii: "@") }
  switch attribute.kind {
  case .address:
    require(ats == 1 && word.utf8.count <= 254, "an address has one @", line)
    require(!"-+.!%&'/=^~@".utf8.contains(word.utf8.first ?? 0), "it begins with a letter", line)
  case .phone:
    let digits = word.utf8.first == UInt8(ascii: "+") ? word.utf8.dropFirst() : word.utf8[...]
    require(
      digits.allSatisfy(\.isDigit) && (5...17).contains(digits.count), "a number is digits", line)
  case .text: require(ats == 0, "a word is no address", line)
  }
}
