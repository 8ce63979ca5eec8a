/// An endpoint of Graph: what a request needs, what it asks for, and the answer.
protocol GraphEndpoint: Sendable {
  /// The meaning of a request, once it has been read.
  associatedtype Question: Sendable
  /// Makes the answer, without the lock on the state, so that other requests need not wait.
  typealias Draft = @Sendable () -> Answer

  /// The only HTTP method that the endpoint accepts.
  var method: String { get }
  /// The roles that the application needs.
  var roles: [Role] { get }
  /// The resource that a simulated 404 names.
  var resource: String { get }

  /// Reads a request.
  ///
  /// - Throws: Graph's error for a request that it does not accept.
  func question(
    _ request: Request, state: borrowing SimulatorState
  ) throws(GraphError) -> Question

  /// What the fault rules need to know of the question.
  func occasion(of question: Question) -> Occasion

  /// Prepares the answer to a question.
  ///
  /// - Parameters:
  ///   - question: The question.
  ///   - target: The path and query of the request.
  ///   - distortions: The distortions to apply.
  ///   - state: The directory, and the tokens that were issued.
  /// - Throws: Graph's error if the object does not exist.
  /// - Returns: A function that makes the answer.
  func draft(
    _ question: Question, target: String, distortions: [Fault.Distortion],
    state: inout SimulatorState
  ) throws(GraphError) -> Draft
}

extension Answer {
  /// Graph's answer with status 200.
  static func graph(_ body: [UInt8]) -> Answer {
    Answer(
      status: 200, headers: ["OData-Version": "4.0", "Cache-Control": "no-cache"],
      contentType: "application/json;odata.metadata=minimal;odata.streaming=true;"
        + "IEEE754Compatible=false;charset=utf-8",
      body: body)
  }
}
