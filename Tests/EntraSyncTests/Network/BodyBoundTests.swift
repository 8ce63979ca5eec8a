import Testing

@testable import EntraSync

@Suite struct BodyBoundTests {
  @Test("Of a refusal 256 KB are received, of what was asked for more", arguments: [400, 401, 503])
  func boundsRefusals(httpStatus: Int) {
    #expect(BodyBound(httpStatus: httpStatus, bytes: 262_144, received: 262_144) == .within)
    #expect(BodyBound(httpStatus: httpStatus, bytes: 262_145, received: 262_145) == .enough)
    #expect(BodyBound(httpStatus: 200, bytes: 262_145, received: 262_145) == .within)
    #expect(BodyBound(httpStatus: 200, bytes: 64 << 20, received: 64 << 20) == .within)
  }

  @Test("An answer may be unpacked to 200 times its size, once it is large")
  func boundsRatio() {
    #expect(BodyBound(httpStatus: 200, bytes: 10 << 20, received: 0) == .within)
    #expect(BodyBound(httpStatus: 200, bytes: 20 << 20, received: 1 << 20) == .within)
    let bound = BodyBound(httpStatus: 200, bytes: 20 << 20, received: 4096)
    guard case .exceeded(let error) = bound else {
      Issue.record("\(bound)")
      return
    }
    #expect(error.status == .server)
    #expect(error.message.contains("more than 200 times its size"))
  }

  @Test("No figures make it trap", arguments: [Int.min, -1, 0, Int.max], [Int.min, 0, Int.max])
  func bearsAnything(bytes: Int, received: Int) {
    _ = BodyBound(httpStatus: 200, bytes: bytes, received: received)
  }
}
