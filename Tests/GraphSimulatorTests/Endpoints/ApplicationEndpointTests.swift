import Testing

@testable import GraphSimulator

@Suite struct ApplicationEndpointTests {
  private static let id = Registration().clientID
  private static let path = "/v1.0/applications(appId='\(id)')"

  @Test func `An application without any role sees its own client secrets, and no secret`() throws {
    let answering = try Answering(members: 1, roles: [])
    answering.service.withState {
      $0.secrets = [ClientSecret("abcdef", endingIn: 10), ClientSecret("xyz123", endingIn: -1)]
    }
    let answer = try answering.get(
      "\(Self.path)?$select=appId,passwordCredentials",
      authorization: "Bearer \(issue(answering))")
    #expect(answer.status == 200)
    let object = try answer.object()
    #expect(object["appId"] as? String == Self.id)
    let secrets = try #require(object["passwordCredentials"] as? [[String: Any]])
    #expect(secrets.strings("hint") == ["abc", "xyz"])
    #expect(secrets.strings("endDateTime").allSatisfy { $0.hasSuffix("Z") })
    #expect(!String(decoding: answer.body, as: UTF8.self).contains("abcd"))
  }

  /// A token of the application whose first secret is `abcdef`.
  private func issue(_ answering: Answering) throws -> String {
    var form = answering.signIn
    form["client_secret"] = "abcdef"
    return try #require(try answering.post(form).object()["access_token"] as? String)
  }

  @Test(arguments: [
    ("applications(appId='\(ObjectID.random())')", 403), ("applications(appId='')", 403),
    ("applications(appId='\(id)')?$select=secretText", 400),
    ("applications(appId='\(id)')?$top=1", 400), ("applications(appId='\(id)')", 200),
    ("applications", 404),
  ])
  func `A request for another application or option is refused`(
    target: String, status: Int
  ) throws {
    #expect(try Answering(members: 1).get("/v1.0/\(target)").status == status)
  }

  @Test func `A fault @application strikes the application alone`() throws {
    let answering = try Answering(members: 1, faults: ["forbidden@application"])
    #expect(try answering.get(Self.path).status == 403)
    #expect(try answering.get("/v1.0/users").status == 200)
  }

  @Test(arguments: [("abcdef", 200), ("xyz123", 401), ("nobody", 401)])
  func `A client secret signs in until its end`(secret: String, status: Int) throws {
    let answering = try Answering(members: 1)
    answering.service.withState {
      $0.secrets = [ClientSecret("abcdef", endingIn: 10), ClientSecret("xyz123", endingIn: -1)]
    }
    var form = answering.signIn
    form["client_secret"] = secret
    let answer = answering.post(form)
    #expect(answer.status == status)
    let codes = try answer.object()["error_codes"] as? [Int]
    #expect(codes == (secret == "abcdef" ? nil : secret == "nobody" ? [7_000_215] : [7_000_222]))
  }
}
