@testable import EntraSync

/// Requires that a refusal of Graph gives an error in one line, and that its retries end.
///
/// - Parameters:
///   - answer: An answer with a status other than 200.
///   - document: The body, if it was JSON.
func requireRefusal(_ answer: Answer, document: JSONValue?) {
  let error = GraphRefusal.error(
    httpStatus: answer.httpStatus, answer: document, requestID: nil,
    about: .members(of: Sample.request.group), configuration: Sample.configuration)
  requirePresentable(error)
  require(error.status != .ok && error.httpStatus == answer.httpStatus, "a refusal says why", error)
  require(!error.message.contains(Canary.text), "a message shows no token", error)

  // Whatever location a redirect names, the token goes only to Graph.
  let refusal = RequestCourse.Refusal(
    error: error, httpStatus: answer.httpStatus,
    retryAfter: document?["retryAfter"]?.text.flatMap { RetryAfter.seconds($0, now: 0) },
    location: document?["location"]?.text)
  var course = RequestCourse(page: 2, graph: Sample.graphs[0], policy: .standard)
  for _ in 0..<20 {
    switch course.decide(.refused(refusal), remaining: 300, jitter: 0.5) {
    case .follow(let target):
      require(Sample.graphs[0].covers(target), "a redirect leads to Graph alone", target)
    case .askAgain(let delay):
      require(delay >= 0 && delay < 300, "a wait ends within the run", delay)
    case .renewToken: break
    case .take: require(false, "a refusal is no page", error)
    case .restart: return
    case .fail(let error): return requirePresentable(error)
    }
  }
  require(false, "a refusal is not asked about without end", error)
}
