import Foundation
import Testing

@testable import GraphSimulator

/// A client that has signed in to a running simulator.
struct SignedIn {
  let simulator: GraphSimulator
  let connection: Connection
  let token: String

  /// Starts a simulator and signs in.
  init(_ options: SimulatorOptions = SimulatorOptions(members: 250)) async throws {
    try await self.init(to: GraphSimulator.start(options))
  }

  /// Signs in to a running simulator.
  init(to simulator: GraphSimulator) async throws {
    self.simulator = simulator
    connection = try Connection(port: simulator.port)
    token = try await Self.token(connection)
  }

  /// The access token from a good sign-in.
  static func token(_ connection: Connection) async throws -> String {
    let answer = try await signIn(connection)
    let object =
      try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any] ?? [:]
    return try #require(object["access_token"] as? String)
  }

  /// The answer to a good sign-in.
  static func signIn(_ connection: Connection) async throws -> Connection.Received {
    let form = try Answering().signIn.map { "\($0)=\($1)" }.joined(separator: "&")
    return try await connection.exchange(
      "POST /\(Registration().tenant)/oauth2/v2.0/token HTTP/1.1\n"
        + "Content-Type: application/x-www-form-urlencoded", body: form)
  }

  /// The answer to a request for the members of a group.
  func members(
    of group: BuiltInGroup = .main, query: String = "?$top=999", patience: Int = 20
  ) async throws -> Connection.Received {
    try await connection.exchange(
      "GET /v1.0/groups/\(group.id)/members\(query) HTTP/1.1\nAuthorization: Bearer \(token)",
      patience: patience)
  }
}
