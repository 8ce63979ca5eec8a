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
    /// Half of it, and then the connection closes.
    case cut
    /// Half of it, and then nothing.
    case stalled
  }

  /// A page of HTML, as proxies and gateways answer.
  static func html(status: Int, _ title: String) -> Answer {
    Answer(
      status: status, contentType: "text/html",
      body: Array("<!DOCTYPE html><html><head><title>\(title)</title></head></html>\n".utf8))
  }

  /// The answer with the deliveries that strike it.
  func delivered(_ deliveries: [Fault.Delivery], target: String) -> Answer {
    var answer = self
    for delivery in deliveries {
      switch delivery {
      case .cutBody: answer.delivery = .cut
      case .stall: answer.delivery = .stalled
      case .slow(let milliseconds): answer.delay += milliseconds
      case .redirect(let origin):
        answer = Answer(status: 302, headers: ["Location": origin + target], body: [])
      case .redirectLoop:
        answer = Answer(status: 307, headers: ["Location": target], body: [])
      }
    }
    return answer
  }
}
