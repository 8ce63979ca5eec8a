/// Who sends a request, as far as its access token tells.
struct Caller: Sendable {
  /// What the `Authorization` header is worth.
  let bearer: ReceivedRequest.Bearer
  /// What the application may do, by its token.
  let roles: [Role]

  /// Checks that the token is good and names some roles.
  ///
  /// - Throws: What Graph answers where it is not, or does not.
  func check(_ needed: [Role]) throws(GraphError) {
    if let refusal = GraphError.refusal(of: bearer) { throw refusal }
    guard needed.allSatisfy(roles.contains) else { throw .forbidden }
  }
}
