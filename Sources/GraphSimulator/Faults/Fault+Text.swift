extension Fault {
  /// Reads a fault from its text, `KIND[:ARGUMENT]`.
  ///
  /// | Kind | Argument |
  /// |---|---|
  /// | `throttle`, `unavailable`, `gateway-timeout`, `bad-gateway`, `server-error`, `forbidden`, `unauthorized`, `not-found`, `expired-page-token`, `expired-secret`, `gone`, `no-federation`, `block-page`, `login-page`, `claims-challenge`, `claims-refused` | `TIMES`, or `TIMES:RETRY-AFTER`, where RETRY-AFTER is seconds, `none`, `date` or any text; default: every time |
  /// | `page-too-large` | the largest `$top` that is accepted |
  /// | `null-attributes`, `absent-attributes`, `wrong-type`, `wrong-shape` | attributes, separated by commas; default: `mail` |
  /// | `other-next-link` | the link's name, with `%40` for `@`; default: `%40odata.nextlink` |
  /// | `foreign-next-link` | a scheme and host; default: `https://evil.example` |
  /// | `redirect`, which is `redirect-302`, and `redirect-300`, `-301`, `-303`, `-304`, `-307`, `-308` | `same`, `path`, `relative`, `nowhere`, `scheme`, `port` (see ``Destination``), or a scheme and host; default: `https://evil.example` |
  /// | `cut-json`, `cut-body`, `reset` | a number of bytes, counted from the end if negative; default: the middle |
  /// | `huge-string` | megabytes; default: 64 |
  /// | `slow` | milliseconds |
  /// | `short-token` | seconds |
  /// | `long-token` | bytes; default: 1,600, as many as Entra's own tokens |
  /// | `short-page` | how many members in a hundred are missing; default: 40 |
  /// | the others | none |
  ///
  /// - Throws: ``InvalidFault`` if the text is not a fault.
  /// - Returns: The fault, and how many times it strikes if its argument says so.
  static func read(_ text: String) throws(InvalidFault) -> (fault: Fault, times: Int?) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let kind = String(parts[0])
    let argument = parts.count > 1 ? String(parts[1]) : nil
    if let failure = Failure(rawValue: kind) {
      return try Self.failure(failure, argument: argument)
    }
    if let fault = plain[kind] {
      guard argument == nil else { throw InvalidFault("\(kind) takes no argument") }
      return (fault, nil)
    }
    guard let kind = Argument.Kind(rawValue: kind) else {
      throw InvalidFault(
        "unknown fault \"\(kind)\"; known are \(kinds.joined(separator: ", "))")
    }
    return (try Argument(kind: kind.rawValue, text: argument).fault(kind), nil)
  }

  /// All kinds that a text can name, sorted.
  public static var kinds: [String] {
    let arguable = Argument.Kind.allCases.map(\.rawValue)
    return (Failure.allCases.map(\.rawValue) + arguable + plain.keys).sorted()
  }

  private static let plain: [String: Fault] = [
    "missing-permission": .distortion(.missingPermission),
    "missing-contact-permission": .distortion(.missingContactPermission),
    "empty-answer": .distortion(.emptyAnswer),
    "stale-index": .distortion(.staleIndex),
    "empty-page": .distortion(.emptyPage),
    "repeated-next-link": .distortion(.repeatedNextLink),
    "endless-pages": .distortion(.endlessPages),
    "number-next-link": .distortion(.numberNextLink),
    "null-next-link": .distortion(.nullNextLink),
    "empty-next-link": .distortion(.emptyNextLink),
    "wrong-id": .distortion(.wrongID),
    "late-next-link": .distortion(.lateNextLink),
    "repeated-members": .distortion(.repeatedMembers),
    "no-value": .distortion(.noValue),
    "value-not-array": .distortion(.valueNotArray),
    "member-not-object": .distortion(.memberNotObject),
    "spliced-error": .distortion(.splicedError),
    "bad-utf8": .distortion(.badUTF8),
    "lone-surrogate": .distortion(.loneSurrogate),
    "false-surrogate-pair": .distortion(.falseSurrogatePair),
    "unknown-members": .distortion(.unknownMembers),
    "deep-nesting": .distortion(.deepNesting),
    "byte-order-mark": .distortion(.byteOrderMark),
    "escaped": .distortion(.escaped),
    "not-json": .distortion(.notJSON),
    "empty-body": .distortion(.emptyBody),
    "text-expiry": .distortion(.textExpiry),
    "opaque-token": .distortion(.opaqueToken),
    "other-identity": .distortion(.otherIdentity),
    "foreign-key": .distortion(.foreignKey),
    "no-proof": .distortion(.noProof),
    "stall": .delivery(.stall),
    "redirect-loop": .delivery(.redirect(status: 307, to: .path)),
  ]

  private static func failure(
    _ failure: Failure, argument: String?
  ) throws(InvalidFault) -> (Fault, Int?) {
    guard let argument else { return (.failure(failure), nil) }
    let parts = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let times = try Argument(kind: failure.rawValue, text: String(parts[0])).number()
    guard parts.count > 1 else { return (.failure(failure), times) }
    let retryAfter: RetryAfter =
      switch parts[1] {
      case "none": .none
      case "date": .date
      default: .text(String(parts[1]))
      }
    return (.failure(failure, retryAfter: retryAfter), times)
  }
}

/// An error that says why a text is not a fault.
public struct InvalidFault: Error, Equatable, CustomStringConvertible {
  /// One line that explains the error.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
