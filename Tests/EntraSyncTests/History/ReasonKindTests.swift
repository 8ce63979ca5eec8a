import Testing

@testable import EntraSync

@Suite("The kind of a reason")
struct ReasonKindTests {
  @Test(
    "A kind has nothing of the person in it",
    arguments: [
      ("has no mail", "has no mail"),
      ("mail \"anna@example.com\" has no @", "mail … has no @"),
      ("mail \"a\"b\"@x.example\" has no @", "mail … has no @"),
      ("mail \"\" is empty", "mail … is empty"),
      ("mail \"", "mail …"),
      (
        "\"anna@example.com\" is the address of 3b5f9a10-0000-4000-8000-00000000000a, since a member "
          + "comes before a guest",
        "… is the address of …, since a member comes before a guest"
      ),
      ("3b5f9a10-0000-4000-8000-00000000000a", "…"),
      (
        "mobilePhone \"+358 40\" contains \"ä\", which no number has",
        "mobilePhone …, which no number has"
      ),
      ("", ""),
      ("é has no mail", "é has no mail"),
    ])
  func isOfNobody(reason: String, kind: String) {
    #expect(ReasonKind.of(reason) == kind)
  }

  @Test("Reasons of one kind count together, and the most frequent come first")
  func counts() {
    let counts = ReasonKind.counts(of: [
      "mail \"a\" has no @", "has no mail", "mail \"b\" has no @", "mail \"b\" has no @", "b", "a",
    ])
    #expect(counts.map(\.reason) == ["mail … has no @", "a", "b", "has no mail"])
    #expect(counts.map(\.count) == [3, 1, 1, 1])
  }
}
