import Testing

@testable import EntraSync

@Suite struct PageLinkTests {
  @Test("The usual keys of an answer are no link by their words either", arguments: PageLink.usual)
  func knowsUsualKeys(key: String) {
    #expect(PageLink(byWords: key) == .none)
    #expect(PageLink(key: key) == .none)
  }

  @Test(
    "A key that is nearly a usual one is judged by its words",
    arguments: ["@odata.nextLink", "@odata.nextlink", "valueNext", "@odata.contextLink", "Value"])
  func judgesOthers(key: String) {
    #expect(PageLink(key: key) == PageLink(byWords: key))
  }
}
