/// Several questions in one request, each with its own answer.
///
/// Source: Microsoft Graph, "Combine multiple HTTP requests using JSON batching".
public struct Batch: Equatable, Sendable {
  /// How many questions Graph takes in one request.
  public static let largest = 20

  /// The questions by their numbers, which Graph gives back with each answer.
  public let questions: [Int: GraphQuestion]

  /// Puts questions together.
  ///
  /// - Parameter questions: At most ``largest`` of them.
  public init(_ questions: [Int: GraphQuestion]) {
    self.questions = questions
  }

  /// The question that asks them all.
  public var question: GraphQuestion {
    let items = questions.sorted { $0.key < $1.key }.map { number, question in
      let start = "{\"id\":\"\(number)\",\"method\":\"\(question.body == nil ? "GET" : "POST")\""
      var headers: [String] = []
      if question.body != nil { headers.append("\"Content-Type\":\"application/json\"") }
      if question.needsIndex { headers.append("\"ConsistencyLevel\":\"eventual\"") }
      let header = headers.isEmpty ? "" : ",\"headers\":{\(headers.joined(separator: ","))}"
      let body = question.body.map { ",\"body\":\($0)" } ?? ""
      return start + ",\"url\":\(question.path.jsonString)" + header + body + "}"
    }
    return GraphQuestion(
      "/$batch", body: "{\"requests\":[" + items.joined(separator: ",") + "]}")
  }

  /// Reads the answer, whose parts come in any order.
  ///
  /// - Parameters:
  ///   - answer: The document of a 200.
  ///   - now: The time in seconds since 1970, for a Retry-After that is a date.
  ///   - parse: Reads a JSON document, for the claims of a challenge.
  /// - Throws: `.server` if it is no answer to a batch, or answers a question that was not asked.
  /// - Returns: The replies by the numbers of the questions; some may be missing.
  public func replies(
    in answer: JSONValue?, now: Double, parse: ([UInt8]) -> JSONValue? = { _ in nil }
  ) throws(EntraSyncError) -> [Int: GraphReply] {
    guard case .array(let items) = answer?["responses"] else {
      throw Batch.unexpected("no array in \"responses\"")
    }
    // A batch has no pages; a link would mean that replies are missing.
    do throws(Malformed) {
      if let answer, try PageLink.link(of: answer, isFull: false) != nil {
        throw Malformed("a nextLink")
      }
    } catch {
      throw Batch.unexpected(error.reason)
    }
    var replies: [Int: GraphReply] = [:]
    for item in items {
      guard let number = item["id"]?.text.flatMap({ Int($0) }), questions[number] != nil,
        let httpStatus = item["status"]?.integer, (100...599).contains(httpStatus)
      else { throw Batch.unexpected("a part that belongs to no question") }
      let reply = GraphReply(
        httpStatus: httpStatus,
        retryAfter: item.header("retry-after").flatMap { RetryAfter.seconds($0, now: now) },
        requestID: item.header("request-id"), body: item["body"],
        challenge: httpStatus == 401
          ? ClaimsChallenge(item.headers("www-authenticate"), parse: parse) : nil)
      guard replies.updateValue(reply, forKey: number) == nil else {
        throw Batch.unexpected("two answers to one question")
      }
    }
    return replies
  }

  private static func unexpected(_ what: String) -> EntraSyncError {
    EntraSyncError(.server, "Graph's answer is not that to a batch: it has \(what)")
  }
}

extension JSONValue {
  /// A header of one part, whatever the case of its name.
  fileprivate func header(_ name: String) -> String? { headers(name).first }

  /// The headers of one part that have a name: one text, a number, or several texts.
  fileprivate func headers(_ name: String) -> [String] {
    guard case .object(let headers) = self["headers"] else { return [] }
    return headers.sorted { $0.key < $1.key }.filter { $0.key.lowercased() == name }.flatMap {
      if case .array(let values) = $0.value { return values.compactMap(\.text) }
      return [$0.value.text ?? $0.value.integer.map { "\($0)" }].compactMap(\.self)
    }
  }
}
