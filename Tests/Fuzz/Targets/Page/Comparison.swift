import EntraSync

/// Requires that a page has everything that its document has, and that nothing was ambiguous.
///
/// - Parameters:
///   - reading: A page that was accepted.
///   - answer: The answer that it was read from.
func requireSame(_ reading: PageReading, as answer: Answer) {
  let reader = DocumentReader()
  _ = try? answer.read(in: .whole) { (document) throws(EntraSyncError) in
    try document.send(to: reader)
  }
  guard let page = reader.document else { return require(false, "a page is a JSON document") }
  require(page.values(named: "error").isEmpty, "a page with an error in it is no page", page)
  let lists = page.values(named: "value")
  require(lists.count == 1, "a page has one list of members", page)
  let links = page.values(named: "@odata.nextLink").compactMap(\.text)
  require(links == (reading.nextLink.map { [$0] } ?? []), "a page has at most one nextLink", page)
  guard let elements = lists.first?.elements else { return require(false, "a list is an array") }
  require(elements.count == reading.members.count, "nobody is lost or made up", page)
  for (element, member) in zip(elements, reading.members) { requireSame(member, as: element) }
}

private func requireSame(_ member: Member, as element: Document) {
  require(element.values(named: "error").isEmpty, "a member with an error in it is none", element)
  require(!member.type.isEmpty, "a member has an id and a type", element)
  let ids = element.values(named: "id").compactMap(\.text).map { ObjectID($0) }
  require(ids == [member.id], "a member has one id", element)
  let types = element.values(named: "@odata.type").compactMap(\.text)
    .map { $0.hasPrefix("#microsoft.graph.") ? String($0.dropFirst(17)) : $0 }
    .filter { !$0.isEmpty }
  require(types == [member.type], "a member has one type", element)
  let enabled = element.values(named: "accountEnabled").compactMap(\.bool)
  require(enabled == (member.account.isEnabled.map { [$0] } ?? []), "it is enabled once", element)
  let kinds = element.values(named: "userType").compactMap(\.text).map(Member.UserType.init)
  require(kinds == (member.account.userType.map { [$0] } ?? []), "it is of one kind", element)
  for attribute in PageReading.attributes {
    let values = element.values(named: attribute.name)
    let texts = attribute.name == "id" ? values.compactMap(\.text) : values.flatMap(\.texts)
    let isSame = member.values(of: attribute).elementsEqual(texts) {
      $0.utf8.elementsEqual($1.utf8)
    }
    require(isSame, "a member has the values of the document", element)
    require(
      values.filter { !$0.texts.isEmpty }.count <= 1, "an attribute has its values once", element)
  }
}
