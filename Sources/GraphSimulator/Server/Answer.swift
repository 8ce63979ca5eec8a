/// An answer as the endpoints make it.
struct Answer: Sendable {
  /// The HTTP status.
  var status: Int
  /// The headers besides those that every answer has.
  var headers: [String: String] = [:]
  /// What `Content-Type` says.
  var contentType = "application/json; charset=utf-8"
  /// The body, whole.
  var body: [UInt8]
  /// How the body arrives.
  var delivery = Delivery.whole
  /// How long to wait before answering, in milliseconds.
  var delay = 0

  /// How a body arrives.
  enum Delivery: Sendable {
    /// As it should.
    case whole
    /// So many bytes of it, and then that.
    case part(Int, then: Ending)
  }

  /// What comes after a part of a body.
  enum Ending: Sendable {
    /// The connection closes.
    case close
    /// The connection is reset.
    case reset
    /// Nothing.
    case silence
  }

  /// A page of HTML, as proxies and gateways answer.
  static func html(status: Int, _ title: String) -> Answer {
    Answer(
      status: status, contentType: "text/html",
      body: Array("<!DOCTYPE html><html><head><title>\(title)</title></head></html>\n".utf8))
  }

  /// The answer with the deliveries that strike it.
  ///
  /// - Parameters:
  ///   - deliveries: What goes wrong on purpose.
  ///   - target: Path and query of the request.
  ///   - origin: The scheme, host and port under which it came.
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
      case .redirect(let status, let place):
        answer = Answer(status: status, body: [])
        answer.headers["Location"] = place.location(target: target, origin: origin)
      }
    }
    return answer
  }
}
