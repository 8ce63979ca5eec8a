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

  static let extensionName = "extension_0123456789abcdef0123456789abcdef_smsNumber"

  @Test(
    "QUERYFILTER says behind a colon what a site keeps in an attribute of its own",
    arguments: [
      ("mail,extensionAttribute3", ["mail", "extensionAttribute3"], [.address, .text]),
      (
        "mail,EXTENSIONATTRIBUTE15:Phone", ["mail", "extensionAttribute15:phone"],
        [.address, .phone]
      ),
      ("extensionAttribute1 : address", ["extensionAttribute1:address"], [.address]),
      (
        "mail|extensionAttribute1:address,mobilePhone|extensionAttribute3:phone",
        ["mail|extensionAttribute1:address", "mobilePhone|extensionAttribute3:phone"],
        [.address, .phone]
      ),
      ("mail,\(extensionName)", ["mail", extensionName], [.address, .text]),
      (
        "mail,EXTENSION_0123456789ABCDEF0123456789ABCDEF_smsNumber:phone",
        ["mail", "\(extensionName):phone"], [.address, .phone]
      ),
      ("mail,extensionAttribute2:text", ["mail", "extensionAttribute2"], [.address, .text]),
      // A kind that is known anyway changes nothing.
      (
        "mail:address,mobilePhone:phone,id:text", ["mail", "mobilePhone", "id"],
        [.address, .phone, .text]
      ),
    ] as [(String, [String], [Attribute.Kind])])
  func readsKinds(text: String, fields: [String], kinds: [Attribute.Kind]) throws {
    let filter = try QueryFilter(text)
    #expect(filter.fields.map(\.description) == fields)
    #expect(filter.fields.map(\.kind) == kinds)
    // Names have no kind, since templates and programs use them.
    #expect(filter.fields.allSatisfy { !$0.name.contains(":") })
    // What a message shows can be written again.
    let shown = filter.fields.map(\.description).joined(separator: ",")
    #expect(try QueryFilter(shown) == filter)
  }

  @Test(
    "An attribute of a site's own that cannot be right is refused with the reason",
    arguments: [
      (
        "mail,extensionAttribute3:fax",
        "gives extensionAttribute3 a kind that is not known, \"fax\"; write :address, :phone or :text "
          + "behind the name"
      ),
      (
        "mail,extensionAttribute3:",
        "gives extensionAttribute3 a kind that is not known; write :address, :phone or :text behind the name"
      ),
      (
        "mail,extensionAttribute3:phone:text",
        "gives extensionAttribute3 a kind that is not known; write :address, :phone or :text behind the name"
      ),
      (
        "mail:phone",
        "gives mail the kind phone, but it holds addresses; write it without a kind"
      ),
      (
        "mail,mobilePhone:text",
        "gives mobilePhone the kind text, but it holds telephone numbers; write it without a kind"
      ),
      (
        "mail,extensionAttribute0",
        "names \"extensionAttribute0\"; there are extensionAttribute1 to extensionAttribute15"
      ),
      (
        "mail,extensionAttribute16:phone",
        "names \"extensionAttribute16\"; there are extensionAttribute1 to extensionAttribute15"
      ),
      (
        "mail,extensionAttribute03",
        "names \"extensionAttribute03\"; there are extensionAttribute1 to extensionAttribute15"
      ),
      (
        "mail,extensionAttribute",
        "names \"extensionAttribute\"; there are extensionAttribute1 to extensionAttribute15"
      ),
      (
        "mail,extension_0123_smsNumber",
        "names \"extension_0123_smsNumber\", which is no directory extension; write extension_, the "
          + "application's id without hyphens, _ and the extension's name"
      ),
      (
        "mail,extensionAttribute3:phone,extensionAttribute3:phone",
        "names extensionAttribute3 twice"
      ),
      (
        "mail,mobilePhone|extensionAttribute3:phone,extensionAttribute3",
        "gives extensionAttribute3 two kinds; write the same kind each time"
      ),
      (
        "mail,mobilePhone|extensionAttribute3",
        "mixes different kinds in mobilePhone|extensionAttribute3; alternatives are all addresses or "
          + "all telephone numbers"
      ),
      (
        "extensionAttribute1,mobilePhone",
        "must begin with the address, as in mail or mail,mobilePhone; if extensionAttribute1 holds "
          + "it, write extensionAttribute1:address"
      ),
      (":phone", "has an empty name in it; write it like mail,mobilePhone"),
    ])
  func refusesKinds(text: String, reason: String) {
    #expect(throws: Malformed(reason)) { try QueryFilter(text) }
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
