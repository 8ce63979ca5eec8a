import Testing

@testable import EntraSync

@Suite struct ExcludedGroupTests {
  /// What is found in an excluded group with a member of each of these types.
  static func group(_ types: [String], adding lines: String...) throws -> ExcludedGroup {
    let text = Sample.text(adding: ["EXCLUDEGROUPID = \(Sample.otherGroup)"] + lines)
    let configuration = try Configuration(Array(text.utf8), path: Sample.path)
    let id = try #require(configuration.excludedGroups.first)
    var group = ExcludedGroup(id, of: configuration)
    for (number, type) in types.enumerated() {
      let isNew = group.meet(Member(id: ObjectID(random: UInt128(number + 1)), type: type))
      #expect(isNew)
    }
    return group
  }

  static let empty = EntraSyncError(
    .notFound,
    "nobody is in the excluded group \(Sample.otherGroup) (EXCLUDEGROUPID (line 5)); correct the "
      + "group, or write EXCLUDEEMPTY = allowed if it may be empty")

  static let unclear = EntraSyncError(
    .permission,
    "group \(Sample.otherGroup) hides its members (visibility HiddenMembership), and the token does "
      + "not show its permissions, so it cannot be known whether the application sees them; give it "
      + "Member.Read.Hidden (type Application) with admin consent")

  @Test("People in an excluded group are counted once each, and nobody is warned of")
  func countsPeople() throws {
    var group = try Self.group(["user", "agentUser", "device"])
    let isNew = group.meet(Member(id: ObjectID(random: 1), type: "user"))
    #expect(!isNew)
    #expect(try group.finish(mayHideMembers: false) == [])
    #expect(group.people == 2)
    #expect(group.nestedGroups == 0)
  }

  @Test("A mail contact is somebody in an excluded group only with CONTACTS = yes")
  func countsContacts() throws {
    #expect(try Self.group(["orgContact"], adding: "CONTACTS = yes").people == 1)
    #expect(throws: Self.empty) {
      try Self.group(["orgContact"]).finish(mayHideMembers: false)
    }
  }

  @Test(
    "An excluded group without people stops the run, unless it may be empty",
    arguments: [[], ["device", "servicePrincipal", "futureUser"]])
  func stops(types: [String]) throws {
    let group = try Self.group(types)
    #expect(throws: Self.empty) { try group.finish(mayHideMembers: false) }
    let allowed = try Self.group([], adding: "EXCLUDEEMPTY = allowed")
    #expect(try allowed.finish(mayHideMembers: false) == [])
  }

  @Test("An excluded group of nothing but groups stops the run, and the message counts them")
  func stopsAtNestedGroups() throws {
    let error = EntraSyncError(
      .notFound,
      "nobody is in the excluded group \(Sample.otherGroup) (EXCLUDEGROUPID (line 5)) but 2 nested "
        + "groups, which MEMBERSHIP = transitive follows; correct the group, or write EXCLUDEEMPTY = "
        + "allowed if it may be empty")
    #expect(throws: error) { try Self.group(["group", "group"]).finish(mayHideMembers: false) }
    #expect(throws: Self.empty) {
      try Self.group(["group"], adding: "MEMBERSHIP = transitive").finish(mayHideMembers: false)
    }
  }

  @Test(
    "An excluded group that may hide its members stops the run if nobody is seen in it",
    arguments: ["stop", "allowed"])
  func stopsAtHidden(emptyExclusions: String) throws {
    for types in [[], ["group"], ["device"]] {
      let group = try Self.group(types, adding: "EXCLUDEEMPTY = \(emptyExclusions)")
      #expect(throws: Self.unclear) { try group.finish(mayHideMembers: true) }
    }
  }

  @Test("An excluded group that may hide its members is a warning if somebody is seen in it")
  func warnsOfHidden() throws {
    #expect(try Self.group(["user"]).finish(mayHideMembers: true) == [Self.unclear.message])
  }

  @Test("Groups in an excluded group count as not followed only if MEMBERSHIP is direct")
  func countsNestedGroups() throws {
    #expect(try Self.group(["user", "group"]).nestedGroups == 1)
    #expect(try Self.group(["user", "group"], adding: "MEMBERSHIP = transitive").nestedGroups == 0)
  }
}
