/// An answer to a request, as an endpoint makes it.
struct Answer: Sendable {
  /// The HTTP status.
  var status: Int
  /// The headers, without those that every answer has.
  var headers: [String: String] = [:]
  /// The value of `Content-Type`.
  var contentType = "application/json; charset=utf-8"
  /// The whole body.
  var body: [UInt8]
  /// The delivery of the body.
  var delivery = Delivery.whole
  /// The wait before the answer, in milliseconds.
  var delay = 0

  /// The way in which a body is sent.
  enum Delivery: Sendable {
    /// All of it is sent.
    case whole
    /// This many bytes are sent, then the ending follows.
    case part(Int, then: Ending)
  }

  /// What happens after a part of a body.
  enum Ending: Sendable {
    /// The connection closes.
    case close
    /// The connection is reset.
    case reset
    /// Nothing more is sent, and the connection stays open.
    case silence
  }

  /// An answer in HTML, as proxies and gateways send it.
  static func html(status: Int, _ title: String) -> Answer {
    Answer(
      status: status, contentType: "text/html",
      body: Array("<!DOCTYPE html><html><head><title>\(title)</title></head></html>\n".utf8))
  }

  /// The answer with faults of its delivery.
  ///
  /// - Parameters:
  ///   - deliveries: The faults that strike it.
  ///   - target: The path and query of the request.
  ///   - origin: The scheme, host and port that clients use to reach the simulator.
  /// - Returns: The answer, or a redirect in its place.
  func delivered(_ deliveries: [Fault.Delivery], target: String, origin: String) -> Answer {
    var answer = self
    func part(_ position: Fault.Position, _ ending: Ending) -> Delivery {
      .part(position.offset(in: answer.body.count), then: ending)
    }
    for delivery in deliveries {
      switch delivery {
      case .cutBody(let position): answer.delivery = part(position, .close)
      case .reset(let position): answer.delivery = part(position, .reset)
      case .stall: answer.delivery = part(.middle, .silence)
      case .slow(let milliseconds): answer.delay += milliseconds
      case .redirect(let status, let destination):
        answer = Answer(status: status, body: [])
        answer.headers["Location"] = destination.location(target: target, origin: origin)
      }
    }
    return answer
  }
}
