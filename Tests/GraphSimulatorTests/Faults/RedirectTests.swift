import Foundation
import Testing

@testable import GraphSimulator

@Suite struct RedirectTests {
  private static let target = "/v1.0/groups/\(BuiltInGroup.main.id)/members?$select=mail&$top=10"

  @Test(arguments: [
    ("redirect", 302, "https://evil.example\(target)"),
    ("redirect:http://127.0.0.1:9", 302, "http://127.0.0.1:9\(target)"),
    ("redirect-loop", 307, target),
    ("redirect-300:same", 300, "http://127.0.0.1:1\(target)"),
    ("redirect-301:same", 301, "http://127.0.0.1:1\(target)"),
    ("redirect-302:path", 302, target),
    ("redirect-303:relative", 303, "members?$select=mail&$top=10"),
    ("redirect-304:nowhere", 304, nil),
    ("redirect-307:scheme", 307, "https://127.0.0.1:1\(target)"),
    ("redirect-308:port", 308, "http://127.0.0.1:2\(target)"),
  ])
  func `A redirect has its status and Location`(fault: String, status: Int, location: String?)
    throws
  {
    let answer = try Answering(faults: [fault]).get(Self.target)
    #expect(answer.status == status)
    #expect(answer.headers["Location"] == location)
    #expect(answer.body.isEmpty)
  }

  @Test func `A redirect strikes as often as its rule says`() throws {
    let answering = try Answering(faults: ["redirect-307:same*2"])
    let statuses = try (0..<4).map { _ in try answering.get(Self.target).status }
    #expect(statuses == [307, 307, 200, 200])
  }

  @Test(arguments: [
    ("scheme", "https://localhost:8443", "http://localhost:8443/x"),
    ("port", "https://localhost:8443", "https://localhost:8444/x"),
    ("port", "https://localhost", "https://localhost:8443/x"),
    ("port", "http://127.0.0.1:65535", "http://127.0.0.1:1/x"),
  ])
  func `A redirect changes the scheme or port of the simulator's origin`(
    name: String, origin: String, location: String
  ) throws {
    guard case .delivery(.redirect(_, let destination)) = try FaultRule("redirect:\(name)").fault
    else {
      Issue.record("no redirect")
      return
    }
    #expect(destination.location(target: "/x", origin: origin) == location)
  }

  @Test func `A redirect can strike the token endpoint`() throws {
    let answering = try Answering(faults: ["redirect-308:relative@token"])
    let answer = answering.post(answering.signIn)
    #expect(answer.status == 308)
    #expect(answer.headers["Location"] == "token")
  }
}
