/// An endpoint of Graph: what it takes to ask, what is asked, and what the answer is.
protocol GraphEndpoint: Sendable {
  /// What a request asks for, once it has been read.
  associatedtype Question: Sendable
  /// What makes an answer, so that it can be written without holding up other requests.
  typealias Draft = @Sendable () -> Answer

  /// The one method.
  var method: String { get }
  /// What the application must be allowed to do.
  var roles: [Role] { get }
  /// What a fault says is not there.
  var resource: String { get }

  /// What a request asks for.
  ///
  /// - Throws: What Graph answers to a request that it does not accept.
  func question(
    _ request: Request, state: borrowing SimulatorState
  ) throws(GraphError) -> Question

  /// What the question is to the faults.
  func occasion(of question: Question) -> Occasion

  /// The answer to a question.
  ///
  /// - Parameters:
  ///   - question: What is asked for.
  ///   - target: Path and query of the request.
  ///   - distortions: What is wrong with the answer on purpose.
  ///   - state: The directory, and the tokens given out.
  /// - Throws: What Graph answers where it does not find what is asked for.
  /// - Returns: What makes the answer.
  func draft(
    _ question: Question, target: String, distortions: [Fault.Distortion],
    state: inout SimulatorState
  ) throws(GraphError) -> Draft
}

extension Answer {
  /// Graph's answer when all is well.
  static func graph(_ body: [UInt8]) -> Answer {
    Answer(
      status: 200, headers: ["OData-Version": "4.0", "Cache-Control": "no-cache"],
      contentType: "application/json;odata.metadata=minimal;odata.streaming=true;"
        + "IEEE754Compatible=false;charset=utf-8",
      body: body)
  }
}
