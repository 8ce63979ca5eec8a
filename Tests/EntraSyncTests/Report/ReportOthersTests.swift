import Testing

@testable import EntraSync

@Suite struct ReportOthersTests {
  static func report(of types: [String], nestedGroups: Int = 0) -> Report {
    var report = Report()
    for type in types { report.countOther(Member(id: Sample.noID, type: type)) }
    report.nestedGroups = nestedGroups
    return report
  }

  @Test("Members that are not read are counted by kind, and all of them together")
  func counts() {
    let report = Self.report(of: [
      "group", "orgContact", "orgContact", "device", "servicePrincipal", "futureUser", "x",
      "futureUser", "#evil.user", "orgcontact",
    ])
    #expect(report.others == 10)
    #expect(report.groups == 1)
    #expect(report.contacts == 2)
    #expect(report.devices == 1)
    #expect(report.servicePrincipals == 1)
    #expect(report.unknownKinds == 5)
    #expect(report.unknownTypes == ["futureUser": 2, "x": 1, "#evil.user": 1, "orgcontact": 1])
  }

  @Test("The counts of several clients are added by kind")
  func merges() {
    var report = Self.report(of: ["orgContact", "x", "device"])
    report.merge(Self.report(of: ["orgContact", "x", "y", "servicePrincipal"]))
    #expect(report.contacts == 2)
    #expect(report.devices == 1)
    #expect(report.servicePrincipals == 1)
    #expect(report.unknownTypes == ["x": 2, "y": 1])
    #expect(report.others == 7)
  }

  @Test(
    "One text names the kinds that were not read, and groups only where they were not followed",
    arguments: [
      ([], 0, nil), (["group"], 0, nil), (["group", "group"], 2, "2 groups"),
      (["device"], 0, "1 device"),
      (
        ["group", "orgContact", "device", "device", "servicePrincipal", "x"], 1,
        "1 group, 1 contact, 2 devices, 1 service principal, 1 member of an unknown type"
      ),
      (["x", "y"], 0, "2 members of unknown types"),
    ] as [([String], Int, String?)])
  func tells(types: [String], nestedGroups: Int, text: String?) {
    #expect(Self.report(of: types, nestedGroups: nestedGroups).othersText == text)
  }

  @Test("A warning names each unknown type once, and no more than five of them")
  func warns() {
    #expect(Self.report(of: ["orgContact", "device"]).unknownTypesWarning == nil)
    #expect(
      Self.report(of: ["futureUser", "a\nb", "futureUser"]).unknownTypesWarning
        == "3 members of unknown types were not read: \"a\\u{a}b\", \"futureUser\"; if they are "
        + "people, a newer entrasync may know them")
    let many = Self.report(of: (1...7).map { "t\($0)" }).unknownTypesWarning
    #expect(many?.contains("\"t5\" and 2 more;") == true)
  }
}
