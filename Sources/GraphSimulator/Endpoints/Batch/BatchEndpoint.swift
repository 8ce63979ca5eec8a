import Foundation

/// `POST /v1.0/$batch`: several requests in one, each answered as if it had come alone.
///
/// - SeeAlso: Microsoft Graph, "Combine multiple HTTP requests using JSON batching".
struct BatchEndpoint: GraphEndpoint {
  /// Answers one of the requests.
  let answer: @Sendable (Request) -> Answer

  var method: String { "POST" }
  var roles: [Role] { [] }
  var resource: String { "$batch" }

  func question(
    _ request: Request, state: borrowing SimulatorState
  ) throws(GraphError) -> [BatchedRequest] {
    try BatchedRequest.read(request)
  }

  func occasion(of requests: [BatchedRequest]) -> Occasion {
    Occasion(target: .batch)
  }

  func draft(
    _ requests: [BatchedRequest], target: String, distortions: [Fault.Distortion],
    state: inout SimulatorState
  ) throws(GraphError) -> Draft {
    { [answer] in
      // Graph promises no order. The reverse order exposes a client that relies on one.
      let answers = requests.map { ($0.id, answer($0.request)) }.reversed()
      return Self.batch(Array(answers), distortions).distorted(distortions)
    }
  }

  /// The answer that holds the others.
  ///
  /// It is as late as the latest of them, and it is cut off where the first of them is cut off.
  private static func batch(
    _ answers: [(id: String, answer: Answer)], _ distortions: [Fault.Distortion]
  ) -> Answer {
    let isValueless = distortions.contains(.noValue)
    var json = JSONText()
    var delivery = Answer.Delivery.whole
    json.raw("{")
    for case .otherNextLink(let name) in distortions {
      json.key(name)
      json.string("/$batch")
      if !isValueless { json.raw(",") }
    }
    if !isValueless { json.raw("\"responses\":[") }
    for (index, (id, answer)) in answers.enumerated() where !isValueless {
      if index > 0 { json.raw(",") }
      let body = json.item(answer, id: id)
      if case .whole = delivery, case .part(let count, let ending) = answer.delivery {
        delivery = .part(body + count, then: ending)
      }
    }
    json.raw(isValueless ? "}" : "]}")
    return Answer(
      status: 200, headers: ["OData-Version": "4.0"], contentType: "application/json",
      body: json.bytes, delivery: delivery, delay: answers.map(\.answer.delay).max() ?? 0)
  }
}

extension JSONText {
  /// Writes one answer of a batch.
  ///
  /// - Returns: The position at which its body begins.
  fileprivate mutating func item(_ answer: Answer, id: String) -> Int {
    raw("{")
    key("id")
    string(id)
    raw(",\"status\":")
    raw("\(answer.status)".utf8)
    raw(",\"headers\":{")
    key("Content-Type")
    string(answer.contentType)
    for (name, value) in answer.headers.sorted(by: { $0.key < $1.key }) where name != "Date" {
      raw(",")
      key(name)
      string(value)
    }
    raw("}")
    var start = bytes.count
    if !answer.body.isEmpty {
      raw(",\"body\":")
      start = bytes.count
      // A body that is not JSON is sent as Base64.
      if answer.contentType.hasPrefix("application/json") {
        raw(answer.body)
      } else {
        string(Data(answer.body).base64EncodedString())
      }
    }
    raw("}")
    return start
  }
}
