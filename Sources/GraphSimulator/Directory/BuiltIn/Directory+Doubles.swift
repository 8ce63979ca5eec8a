extension Directory {
  /// The people of ``BuiltInGroup/doubles``, at the domain `doubles.example`.
  ///
  /// The number at the end of an object id is the person's place in this list, from 1. With
  /// `mail|otherMails,mobilePhone`, one address has one person, nobody, or a line that two people
  /// share:
  ///
  /// | address | who has it | whose it is |
  /// |---|---|---|
  /// | `alone@` | a member | the member's |
  /// | `anna@` | two members with two numbers | nobody's |
  /// | `bo@` | a member; a guest | the member's |
  /// | `cleo@` | a disabled account; an enabled one | the enabled account's |
  /// | `dan@` | a member as `otherMails`; a guest as `mail` | the guest's |
  /// | `eva@` | a member, who is in ``BuiltInGroup/leavers``; a guest | the member's |
  /// | `finn@` | a member without a number; a guest | nobody's |
  /// | `gun@` | two members with one line | theirs |
  /// | `hal@` | a member with a number; one without | the first one's |
  /// | `iris@` | a member with a number; one whose number is refused | nobody's |
  /// | `jon@` | a member whose number is refused; a guest | nobody's |
  /// | `kim@` | a member of whose account Graph does not tell whether it is enabled | the member's |
  static let doubles: [Person] = [
    double(1, "alone", phone: "040 700 0001"),
    double(2, "anna", phone: "040 700 0002"),
    double(3, "anna", phone: "040 700 0003"),
    double(4, "bo", phone: "040 700 0004", isGuest: true),
    double(5, "bo", phone: "040 700 0005"),
    double(6, "cleo", phone: "040 700 0006", isEnabled: false),
    double(7, "cleo", phone: "040 700 0007"),
    double(8, nil, phone: "040 700 0008", other: "dan"),
    double(9, "dan", phone: "040 700 0009", isGuest: true),
    leaver,
    double(11, "eva", phone: "040 700 0011", isGuest: true),
    double(12, "finn", phone: nil),
    double(13, "finn", phone: "040 700 0013", isGuest: true),
    double(14, "gun", phone: "040 700 0014"),
    double(15, "gun", phone: "(040) 700-0014"),
    double(16, "hal", phone: "040 700 0016"),
    double(17, "hal", phone: nil),
    double(18, "iris", phone: "040 700 0018"),
    double(19, "iris", phone: "* <sms> - 0"),
    double(20, "jon", phone: "* <sms> - 0"),
    double(21, "jon", phone: "040 700 0021", isGuest: true),
    double(22, "kim", phone: "040 700 0022", isEnabled: nil),
  ]

  /// The one member of ``BuiltInGroup/leavers``.
  static let leaver = double(10, "eva", phone: "040 700 0010")

  private static func double(
    _ number: UInt64, _ name: String?, phone: String?, other: String? = nil,
    isEnabled: Bool? = true, isGuest: Bool = false
  ) -> Person {
    var person = Person(
      id: ObjectID.make(high: 0xF000_0000_0000_0000, low: number),
      mail: name.map { "\($0)@doubles.example" }, mobilePhone: phone,
      displayName: "Double \(number)", accountEnabled: isEnabled, isGuest: isGuest)
    person.userPrincipalName = "double\(number)@doubles.example"
    if let other { person.otherMails = ["\(other)@doubles.example"] }
    return person
  }
}
