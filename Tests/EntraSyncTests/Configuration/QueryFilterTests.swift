import Testing

@testable import EntraSync

@Suite struct QueryFilterTests {
  @Test(
    "QUERYFILTER's fields are kept in their order and spelt as Graph spells them",
    arguments: [
      ("mail", ["mail"]), ("mail,mobilePhone", ["mail", "mobilePhone"]),
      (" MAIL , mobilephone ", ["mail", "mobilePhone"]),
      ("userPrincipalName,businessPhones,id", ["userPrincipalName", "businessPhones", "id"]),
      ("mail|userPrincipalName,mobilePhone", ["mail|userPrincipalName", "mobilePhone"]),
      ("mail | otherMails | proxyAddresses", ["mail|otherMails|proxyAddresses"]),
      ("mail,mobilePhone|businessPhones", ["mail", "mobilePhone|businessPhones"]),
    ])
  func reads(text: String, fields: [String]) throws {
    #expect(try QueryFilter(text).fields.map(\.description) == fields)
  }

  @Test("An attribute that QUERYFILTER names twice is asked for once")
  func listsAttributesOnce() throws {
    let filter = try QueryFilter("mail|userPrincipalName,mobilePhone,userPrincipalName|mail")
    #expect(filter.attributes.map(\.name) == ["mail", "userPrincipalName", "mobilePhone"])
  }

  @Test(
    "A QUERYFILTER that cannot make a list is refused with the reason",
    arguments: [
      ("", "has an empty name in it; write it like mail,mobilePhone"),
      (",", "has an empty name in it; write it like mail,mobilePhone"),
      ("mail,,mobilePhone", "has an empty name in it; write it like mail,mobilePhone"),
      ("mail|", "has an empty name in it; write it like mail,mobilePhone"),
      (
        "mail,phone",
        "names \"phone\", which is not an attribute that a list can hold; use mail or "
          + "mail,mobilePhone"
      ),
      (
        "mail mobilePhone",
        "names something that is not an attribute; write the names with commas between, like "
          + "mail,mobilePhone"
      ),
      (
        "mail;x",
        "names something that is not an attribute; write the names with commas between, like "
          + "mail,mobilePhone"
      ),
      ("mobilePhone", "must begin with the address, as in mail or mail,mobilePhone"),
      ("displayName,mail", "must begin with the address, as in mail or mail,mobilePhone"),
      ("mail,mail", "names mail twice"),
      ("mail,mobilePhone,mail|otherMails", "names mail twice"),
      (
        "mail|mobilePhone",
        "mixes different kinds in mail|mobilePhone; alternatives are all addresses or all telephone "
          + "numbers"
      ),
      (
        "mail,mobilePhone|displayName",
        "mixes different kinds in mobilePhone|displayName; alternatives are all addresses or all "
          + "telephone numbers"
      ),
    ])
  func refuses(text: String, reason: String) {
    #expect(throws: Malformed(reason)) { try QueryFilter(text) }
  }
}
