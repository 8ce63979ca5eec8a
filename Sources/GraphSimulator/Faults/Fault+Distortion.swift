extension Fault {
  /// A way in which an answer with status 200 is wrong or unusual.
  public enum Distortion: Sendable, Equatable {
    /// Users show `@odata.type` and `id`; all else is null, as without `User.Read.All`.
    case missingPermission
    /// Contacts show `@odata.type` and `id`; all else is null, as without `OrgContact.Read.All`.
    case missingContactPermission
    /// These attributes are null for all users.
    case nullAttributes([Attribute])
    /// These attributes are missing from all members.
    case absentAttributes([Attribute])
    /// These attributes are numbers.
    case wrongType([Attribute])
    /// These attributes are arrays where one text belongs, and a text where an array belongs.
    case wrongShape([Attribute])
    /// The member in the middle, or a group that contains a user, has an id that is no GUID.
    case wrongID
    /// The group looks empty: one page without members and without a nextLink.
    case emptyAnswer
    /// A group that hides its members shows none, and is never among the groups that contain a
    /// user, as without `Member.Read.Hidden`.
    case hiddenMembers
    /// The page lacks the last members of the group, this many in a hundred, and has no nextLink.
    case shortPage(percent: Int)
    /// A filter finds no members, as if the index were out of date.
    ///
    /// Requests without a filter still show the members.
    case staleIndex
    /// An empty page with a nextLink comes before every page, which is legal.
    case emptyPage
    /// Every page but the first has a nextLink to itself; so does a page that is the only one.
    case repeatedNextLink
    /// The last page leads to the first by a new nextLink, so the paging never ends.
    case endlessPages
    /// Every page has a nextLink to this scheme and host.
    case foreignNextLink(origin: String)
    /// The nextLink of every page is a number.
    case numberNextLink
    /// The nextLink is null on every page, so that the first page looks like the last.
    case nullNextLink
    /// The nextLink is an empty text on every page.
    case emptyNextLink
    /// The nextLink has another name; a page without a nextLink has one to itself.
    case otherNextLink(name: String)
    /// The nextLink comes after `value`, which is legal.
    case lateNextLink
    /// Every page but the first begins with the last member of the previous page.
    case repeatedMembers
    /// The answer has no `value`, a batch no `responses`, a token answer no `access_token`.
    case noValue
    /// `value` is an object.
    case valueNotArray
    /// A string stands in the middle of `value`, where a member is expected.
    case memberNotObject
    /// After half of the members comes the JSON of an error, which ends the body.
    case splicedError
    /// A display name in the middle, or a text in a token answer, is not UTF-8.
    case badUTF8
    /// Texts begin with an escaped half of a surrogate pair.
    ///
    /// On a page these are the texts of two members in the middle.
    case loneSurrogate
    /// Texts begin with the escaped first half of a surrogate pair and an escaped `A`.
    ///
    /// On a page these are the texts of the member in the middle.
    case falseSurrogatePair
    /// The answer and each of its members have properties that no client knows, which is legal.
    case unknownMembers
    /// An unknown property of the answer has 10,000 nested arrays.
    case deepNesting
    /// An unknown property of the answer is a string of this many megabytes.
    case hugeString(megabytes: Int)
    /// The JSON begins with a byte order mark.
    case byteOrderMark
    /// Characters beyond ASCII are written as `\uXXXX`, which is legal.
    case escaped
    /// The JSON, and with it the body, ends at this byte; the promised length agrees.
    case cutJSON(at: Position)
    /// The answer is HTML.
    case notJSON
    /// The body is empty.
    case emptyBody
    /// The token is no JSON Web Token, so that nobody can read its permissions; for the token
    /// endpoint only.
    case opaqueToken
    /// The token lives this many seconds; for the token endpoint only.
    case shortToken(seconds: Int)
    /// The token has at least this many bytes, 100,000 at most; for the token endpoint only.
    case longToken(bytes: Int)
    /// `expires_in` is a string, as older endpoints write it; for the token endpoint only.
    case textExpiry

    /// The token is that of another managed identity; for a machine's token service only.
    case otherIdentity
    /// Azure Arc's agent names a file that is not in its folder; for that service only.
    case foreignKey
    /// Azure Arc's agent wants no proof; for that service only.
    case noProof

    /// Whether the distortion can apply to answers of this target.
    ///
    /// Distortions of pages apply to ``FaultRule/Target/check``, since `memberOf` answers in pages.
    func applies(to target: FaultRule.Target) -> Bool {
      switch self {
      case .longToken, .textExpiry: target == .token
      case .shortToken, .opaqueToken: [.token, .identity].contains(target)
      case .otherIdentity, .foreignKey, .noProof: target == .identity
      case .unknownMembers, .deepNesting, .hugeString, .byteOrderMark, .cutJSON, .notJSON,
        .emptyBody:
        true
      case .noValue: ![.groups, .user, .application].contains(target)
      case .otherNextLink: target == .batch || target.hasPages
      case .badUTF8, .loneSurrogate, .falseSurrogatePair: target == .token || target.hasPages
      case .staleIndex: FaultRule.Target.allGroups.covers(target) || target == .allGroups
      default: target.hasPages
      }
    }
  }

  /// A position in a body.
  public enum Position: Sendable, Equatable {
    /// The position after half of the bytes.
    case middle
    /// The position after this many bytes; a negative number counts from the end.
    case byte(Int)

    /// The number of bytes before the position.
    ///
    /// - Parameter count: The number of bytes in the body.
    /// - Returns: A number from 0 to `count`.
    func offset(in count: Int) -> Int {
      switch self {
      case .middle: count / 2
      case .byte(let number): max(0, min(number < 0 ? count + number : number, count))
      }
    }
  }
}
