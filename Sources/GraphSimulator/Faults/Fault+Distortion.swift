extension Fault {
  /// How an answer with status 200 is wrong.
  public enum Distortion: Sendable, Equatable {
    /// Users carry `@odata.type` and `id` and are null otherwise: `User.Read.All` is missing.
    case missingPermission
    /// These attributes are null for everybody.
    case nullAttributes([Attribute])
    /// These attributes are left out of everybody.
    case absentAttributes([Attribute])
    /// These attributes are a number instead.
    case wrongType([Attribute])
    /// The group looks empty: one page without members or nextLink.
    case emptyAnswer
    /// A filter finds no member, as in an index that does not know of a change yet; the members that
    /// are not filtered are there.
    case staleIndex
    /// Before every page comes an empty one with a nextLink, which is legal.
    case emptyPage
    /// Every page but the first leads to itself; the first does when it is the only one.
    case repeatedNextLink
    /// The last page leads to the first under a new link, so the paging never ends.
    case endlessPages
    /// Every page has a nextLink to this scheme and host.
    case foreignNextLink(origin: String)
    /// Every page has a number for a nextLink.
    case numberNextLink
    /// The nextLink comes after `value`, which is legal.
    case lateNextLink
    /// Every page but the first begins with the last member of the page before.
    case repeatedMembers
    /// The object has no `value`; at the token endpoint, no `access_token`.
    case noValue
    /// `value` is an object.
    case valueNotArray
    /// The middle of `value` is a string, which is no member.
    case memberNotObject
    /// After half of the members comes the JSON of an error, and nothing after it.
    case splicedError
    /// A display name in the middle, or a text of the token's answer, holds bytes that are no UTF-8.
    case badUTF8
    /// The texts of two members in the middle, or a text of the token's answer, begin with an
    /// escaped half of a surrogate pair.
    case loneSurrogate
    /// The texts of the member in the middle, or a text of the token's answer, begin with an escaped
    /// first half of a surrogate pair and an `A` that is escaped too.
    case falseSurrogatePair
    /// The answer and each of its members have something that no client knows, which is legal.
    case unknownMembers
    /// The answer has something unknown in which 10,000 arrays are nested.
    case deepNesting
    /// The answer has something unknown that is a string of so many megabytes.
    case hugeString(megabytes: Int)
    /// The JSON begins with a byte order mark.
    case byteOrderMark
    /// Everything beyond ASCII is written as `\uXXXX`, which is legal.
    case escaped
    /// The JSON ends there, and the body with it, as its length says.
    case cutJSON(at: Position)
    /// A page of HTML.
    case notJSON
    /// No body at all.
    case emptyBody
    /// The token lives this many seconds; for the token endpoint only.
    case shortToken(seconds: Int)
    /// `expires_in` is a string, as older endpoints write it; for the token endpoint only.
    case textExpiry

    /// Whether it means something there.
    ///
    /// What is wrong with pages means something to `memberOf`, and so to ``FaultRule/Target/check``.
    func applies(to target: FaultRule.Target) -> Bool {
      switch self {
      case .shortToken, .textExpiry: target == .token
      case .unknownMembers, .deepNesting, .hugeString, .byteOrderMark, .cutJSON, .notJSON,
        .emptyBody:
        true
      case .noValue: target != .groups
      case .badUTF8, .loneSurrogate, .falseSurrogatePair: target == .token || target.hasPages
      case .staleIndex: FaultRule.Target.allGroups.covers(target) || target == .allGroups
      default: target.hasPages
      }
    }
  }

  /// A place in a body.
  public enum Position: Sendable, Equatable {
    /// After half of its bytes.
    case middle
    /// After so many bytes, or where negative, so many bytes before the end.
    case byte(Int)

    /// How many bytes come before it.
    ///
    /// - Parameter count: How many bytes the body has.
    /// - Returns: 0 to `count`.
    func offset(in count: Int) -> Int {
      switch self {
      case .middle: count / 2
      case .byte(let number): max(0, min(number < 0 ? count + number : number, count))
      }
    }
  }
}
