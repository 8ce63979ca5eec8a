import Testing

@testable import EntraSync

@Suite struct MembersRequestTests {
  @Test(
    "A members request selects only needed attributes, in the largest pages",
    arguments: [
      ([], "members?$select=id,mail,accountEnabled,userType&$top=999"),
      (
        ["QUERYFILTER = mail,mobilePhone"],
        "members?$select=id,mail,mobilePhone,accountEnabled,userType&$top=999"
      ),
      (
        ["QUERYFILTER = mail|userPrincipalName,id"],
        "members?$select=id,mail,userPrincipalName,accountEnabled,userType&$top=999"
      ),
      (
        ["MEMBERSHIP = transitive"],
        "transitiveMembers?$select=id,mail,accountEnabled,userType&$top=999"
      ),
      (["ACCOUNTS = enabled"], "members?$select=id,mail,accountEnabled,userType&$top=999"),
      (["USERTYPE = guest"], "members?$select=id,mail,accountEnabled,userType&$top=999"),
      (
        ["ACCOUNTS = enabled", "USERTYPE = member"],
        "members?$select=id,mail,userPrincipalName,accountEnabled,userType,creationType&$top=999"
      ),
      (
        ["QUERYFILTER = mail,extensionAttribute3:phone,extensionAttribute1"],
        "members?$select=id,mail,onPremisesExtensionAttributes,accountEnabled,userType&$top=999"
      ),
      (
        ["QUERYFILTER = mail,mobilePhone", "CONTACTS = yes"],
        "members?$select=id,mail,mobilePhone,displayName,accountEnabled,userType,phones&$top=999"
      ),
      (["CONTACTS = yes"], "members?$select=id,mail,displayName,accountEnabled,userType&$top=999"),
      (
        ["USERTYPE = internal", "QUERYFILTER = userPrincipalName"],
        "members?$select=id,userPrincipalName,accountEnabled,userType,creationType&$top=999"
      ),
    ])
  func asks(lines: [String], request: String) throws {
    let text = Sample.text(adding: lines)
    let configuration = try Configuration(Array(text.utf8), path: Sample.path)
    let group = try #require(configuration.groups.first)
    #expect(
      MembersRequest(group: group, of: configuration).pathAndQuery
        == "/v1.0/groups/\(Sample.group)/\(request)")
  }

  @Test("A members request for an excluded group selects the ids and the addresses")
  func asksForExcluded() throws {
    let configuration = try Sample.configuration(
      adding: "MEMBERSHIP = transitive", "ACCOUNTS = enabled", "USERTYPE = guest",
      "EXCLUDEGROUPID = \(Sample.otherGroup)")
    let group = try #require(configuration.excludedGroups.first)
    let request = MembersRequest(
      excluded: group, reading: configuration.queryFilter.address, of: configuration)
    #expect(
      request.pathAndQuery
        == "/v1.0/groups/\(Sample.otherGroup)/transitiveMembers?$select=id,mail&$top=999")
  }
}
