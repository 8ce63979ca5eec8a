import EntraSync
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("Groups that hide their members")
struct HiddenGroupsTests {
  static let hidden = BuiltInGroup.hidden.id

  /// The end of a message about the hidden group.
  static func message(_ words: String, to application: String) -> String {
    "group \(hidden) hides its members (visibility HiddenMembership), and the token does not "
      + "\(words); give \(application) Member.Read.Hidden (type Application) with admin consent"
  }

  static let isMissing = message("name Member.Read.Hidden", to: "the application")
  static let isUnclear = message(
    "show its permissions, so it cannot be known whether the application sees them", to: "it")

  /// Writes a list, and checks that there is none after an error.
  ///
  /// - Parameters:
  ///   - changes: Lines of the configuration, of which one names the hidden group.
  ///   - isOpaque: Whether the token shows no permissions.
  ///   - mayRead: Whether the application sees hidden members.
  /// - Throws: When the world cannot be made.
  /// - Returns: The report or the error.
  static func write(
    _ changes: [String: String], isOpaque: Bool, mayRead: Bool
  ) async throws -> Result<Report, EntraSyncError> {
    let faults = isOpaque ? ["opaque-token@token"] : []
    return try await SimulatedTenant.with(members: 20, faults: faults) { tenant in
      tenant.simulator.setRoles(mayRead ? Role.allCases : Role.usual)
      let result = try await tenant.writeList(from: tenant.configuration(changes))
      #expect(try tenant.names().contains("list") == (result.error == nil))
      return result
    }
  }

  /// Configurations that name the hidden group.
  static let places = [
    ["GROUPID": "\(BuiltInGroup.main.id), \(hidden)"],
    ["GROUPID": BuiltInGroup.main.id, "EXCLUDEGROUPID": hidden],
    ["GROUPID": BuiltInGroup.main.id, "EXCLUDEGROUPID": hidden, "EXCLUDEEMPTY": "allowed"],
  ]

  @Test("A token that lacks Member.Read.Hidden stops the list", arguments: places)
  func stops(changes: [String: String]) async throws {
    let result = try await Self.write(changes, isOpaque: false, mayRead: false)
    let error = try #require(result.error)
    #expect(error.status == .permission)
    #expect(error.message.hasSuffix(": " + Self.isMissing), "\(error.message)")
  }

  @Test("A token that shows no permissions stops the list if nobody is seen", arguments: places)
  func stopsUnclear(changes: [String: String]) async throws {
    let result = try await Self.write(changes, isOpaque: true, mayRead: false)
    let error = try #require(result.error)
    #expect(error.status == .permission)
    #expect(error.message.hasSuffix(": " + Self.isUnclear), "\(error.message)")
  }

  @Test("A token that shows no permissions is a warning if somebody is seen", arguments: places)
  func warns(changes: [String: String]) async throws {
    let result = try await Self.write(changes, isOpaque: true, mayRead: true)
    #expect(try result.get().warnings == [Self.isUnclear])
  }

  @Test("Somebody who is in an earlier group too is seen in a hidden group all the same")
  func seesEarlierPeople() async throws {
    try await SimulatedTenant.withSomebody(faults: ["opaque-token@token"]) { tenant in
      tenant.simulator.setRoles(Role.allCases)
      tenant.simulator.updateDirectory {
        $0.setMembers(of: Self.hidden, to: [.user(Somebody.other)])
      }
      let groups = "\(BuiltInGroup.single.id), \(Self.hidden)"
      let report = try await tenant.writeList(from: tenant.configuration(["GROUPID": groups])).get()
      #expect(report.warnings == [Self.isUnclear])
      #expect(report.written == 1)
    }
  }

  @Test("With Member.Read.Hidden the members are there, without a warning", arguments: places)
  func reads(changes: [String: String]) async throws {
    let result = try await Self.write(changes, isOpaque: false, mayRead: true)
    let report = try result.get()
    #expect(report.warnings == [])
    #expect(report.excluded == (changes["EXCLUDEGROUPID"] == nil ? 0 : 5))
    #expect(report.fetched == (changes["EXCLUDEGROUPID"] == nil ? 23 : 20))
  }
}
