extension Fault {
  /// A fault from its text, `KIND[:ARGUMENT]`.
  ///
  /// | Kind | Argument |
  /// |---|---|
  /// | `throttle`, `unavailable`, `gateway-timeout`, `bad-gateway`, `server-error`, `forbidden`, `unauthorized`, `not-found`, `expired-page-token`, `expired-secret` | `TIMES`, or `TIMES:RETRY-AFTER`, which is seconds, `none`, `date` or any text; without, for ever |
  /// | `null-attributes`, `absent-attributes`, `wrong-type` | attributes, comma-separated; without, `mail` |
  /// | `foreign-next-link`, `redirect` | scheme and host; without, `https://evil.example` |
  /// | `slow` | milliseconds |
  /// | `short-token` | seconds |
  /// | the others | none |
  ///
  /// - Throws: ``InvalidFault``, which says what is wrong.
  public init(_ text: String) throws(InvalidFault) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let kind = String(parts[0])
    let argument = parts.count > 1 ? String(parts[1]) : nil

    if let failure = Failure(rawValue: kind) {
      self = try Self.failure(failure, argument: argument)
    } else if let fault = Self.plain[kind] {
      guard argument == nil else { throw InvalidFault("\(kind) takes no argument") }
      self = fault
    } else {
      switch kind {
      case "null-attributes":
        self = .distortion(.nullAttributes(try Self.attributes(argument)))
      case "absent-attributes":
        self = .distortion(.absentAttributes(try Self.attributes(argument)))
      case "wrong-type": self = .distortion(.wrongType(try Self.attributes(argument)))
      case "foreign-next-link":
        self = .distortion(.foreignNextLink(origin: argument ?? Self.foreignOrigin))
      case "redirect": self = .delivery(.redirect(origin: argument ?? Self.foreignOrigin))
      case "slow": self = .delivery(.slow(milliseconds: try Self.number(argument, of: kind)))
      case "short-token":
        self = .distortion(.shortToken(seconds: try Self.number(argument, of: kind)))
      default:
        throw InvalidFault(
          "unknown fault \"\(kind)\"; known are \(Self.kinds.joined(separator: ", "))")
      }
    }
  }

  /// All kinds that a text can name, sorted.
  public static var kinds: [String] {
    (Failure.allCases.map(\.rawValue) + plain.keys + [
      "null-attributes", "absent-attributes", "wrong-type", "foreign-next-link", "redirect",
      "slow", "short-token",
    ]).sorted()
  }

  private static let foreignOrigin = "https://evil.example"

  private static let plain: [String: Fault] = [
    "missing-permission": .distortion(.missingPermission),
    "empty-answer": .distortion(.emptyAnswer),
    "empty-page": .distortion(.emptyPage),
    "repeated-next-link": .distortion(.repeatedNextLink),
    "endless-pages": .distortion(.endlessPages),
    "repeated-members": .distortion(.repeatedMembers),
    "no-value": .distortion(.noValue),
    "value-not-array": .distortion(.valueNotArray),
    "member-not-object": .distortion(.memberNotObject),
    "spliced-error": .distortion(.splicedError),
    "bad-utf8": .distortion(.badUTF8),
    "byte-order-mark": .distortion(.byteOrderMark),
    "escaped": .distortion(.escaped),
    "not-json": .distortion(.notJSON),
    "empty-body": .distortion(.emptyBody),
    "text-expiry": .distortion(.textExpiry),
    "cut-body": .delivery(.cutBody),
    "stall": .delivery(.stall),
    "redirect-loop": .delivery(.redirectLoop),
  ]

  private static func failure(
    _ failure: Failure, argument: String?
  ) throws(InvalidFault) -> Fault {
    guard let argument else { return .failure(failure) }
    let parts = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let times = try number(String(parts[0]), of: failure.rawValue)
    guard parts.count > 1 else { return .failure(failure, times: times) }
    let retryAfter: RetryAfter =
      switch parts[1] {
      case "none": .none
      case "date": .date
      default: .text(String(parts[1]))
      }
    return .failure(failure, times: times, retryAfter: retryAfter)
  }

  private static func number(_ text: String?, of kind: String) throws(InvalidFault) -> Int {
    guard let text, let number = Int(text), number >= 0 else {
      throw InvalidFault("\(kind) needs a number that is not negative, as in \(kind):2")
    }
    return number
  }

  private static func attributes(_ text: String?) throws(InvalidFault) -> [Attribute] {
    guard let text else { return [.mail] }
    var attributes: [Attribute] = []
    for name in text.split(separator: ",") {
      guard let attribute = Attribute(rawValue: String(name)) else {
        throw InvalidFault("unknown attribute \"\(name)\"")
      }
      attributes.append(attribute)
    }
    return attributes
  }
}

/// Why a text is no fault.
public struct InvalidFault: Error, Equatable, CustomStringConvertible {
  /// One line that says what is wrong.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
