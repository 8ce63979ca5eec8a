import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("A group with more pages than may bring nobody new")
struct LongGroupTests {
  @Test("A group of whom everybody is in another group too is read to its end")
  func readsPeopleTwice() async throws {
    // Every other page of the second group is empty.
    let faults = ["page-too-large:31@single", "empty-page@single"]
    try await SimulatedTenant.with(members: 1600, faults: faults) { tenant in
      tenant.simulator.updateDirectory {
        $0.setMembers(of: BuiltInGroup.single.id, to: $0.members(of: BuiltInGroup.main.id))
      }
      let both = "\(BuiltInGroup.main.id), \(BuiltInGroup.single.id)"
      let report = try await tenant.writeList(from: tenant.configuration(["GROUPID": both])).get()
      #expect(report.fetched == 1600)
      let pages = tenant.simulator.requests.pages.filter {
        $0.target.contains(BuiltInGroup.single.id) && $0.status == 200
      }
      #expect(pages.count > Pagination.mostBarrenPages)
    }
  }

  @Test("An exclusion group whose pages lead in a circle stops the run")
  func endsExclusions() async throws {
    try await SimulatedTenant.with(faults: ["endless-pages@inner"]) { tenant in
      let path = try tenant.configuration(["EXCLUDEGROUPID": BuiltInGroup.inner.id])
      let error = try await tenant.writeList(from: path).error
      #expect(error?.status == .server)
      #expect(error?.message.contains("100 pages in a row brought nobody new") == true)
      #expect(tenant.simulator.requests.pages.count <= Pagination.mostBarrenPages + 2)
      #expect(try tenant.names() == ["test.entraidconf"])
    }
  }
}
