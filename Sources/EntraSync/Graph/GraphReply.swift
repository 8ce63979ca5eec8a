/// Graph's answer to one question.
public struct GraphReply: Equatable, Sendable {
  /// The HTTP status.
  public var httpStatus: Int
  /// The Retry-After in seconds, if it named one that can be read.
  public var retryAfter: Double?
  /// The `request-id`, which Microsoft's support asks for.
  public var requestID: String?
  /// The document that came, if it was one.
  public var body: JSONValue?
  /// The claims that it demands in the next token.
  public var challenge: ClaimsChallenge?

  /// Creates a reply from its parts.
  public init(
    httpStatus: Int, retryAfter: Double? = nil, requestID: String? = nil, body: JSONValue? = nil,
    challenge: ClaimsChallenge? = nil
  ) {
    self.httpStatus = httpStatus
    self.retryAfter = retryAfter
    self.requestID = requestID
    self.body = body
    self.challenge = challenge
  }
}

extension GraphReply {
  /// Whether it is a refusal by something other than Graph: it has a body, and that is no error of
  /// Graph's.
  var isForeign: Bool {
    httpStatus != 200 && challenge == nil && ![nil, .null].contains(body)
      && GraphRefusal.code(in: body) == nil
  }

  /// What a body that is not JSON says of itself. A batch has such bodies in base64.
  var page: ForeignAnswer? {
    guard isForeign, let bytes = body?.text.flatMap({ [UInt8](base64: $0.utf8) }) else {
      return nil
    }
    return ForeignAnswer(bytes)
  }

  /// The reply to a question that succeeded.
  ///
  /// - Parameters:
  ///   - outcome: How it ended.
  ///   - subject: What it was about.
  ///   - configuration: The configuration that asked, whose keys the message names.
  /// - Throws: What a refusal means, or why there is no reply.
  /// - Returns: A reply with HTTP status 200.
  @discardableResult
  public static func of(
    _ outcome: BatchQueue.Outcome, about subject: GraphRefusal.Subject,
    _ configuration: Configuration
  ) throws(EntraSyncError) -> GraphReply {
    switch outcome {
    case .failure(let error): throw error
    case .reply(let reply):
      guard reply.httpStatus == 200 else {
        throw GraphRefusal.error(
          httpStatus: reply.httpStatus, answer: reply.body, requestID: reply.requestID,
          page: reply.page, isChallenge: reply.challenge != nil, about: subject,
          configuration: configuration)
      }
      return reply
    }
  }
}
