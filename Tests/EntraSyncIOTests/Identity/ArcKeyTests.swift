import EntraSync
import Foundation
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("The key of Azure Arc's agent")
struct ArcKeyTests {
  private static func run(_ faults: String..., expecting status: Status) async throws -> String {
    try await SimulatedTenant.with(faults: faults) { tenant in
      let run = try await tenant.read(tenant.identity(), in: tenant.surroundings(.arc))
      #expect(run.error?.status == status, "\(run.words)")
      // Nothing was proved to whoever answers there.
      #expect(tenant.simulator.requests.count == 1)
      return run.error?.message ?? ""
    }
  }

  @Test("A key elsewhere is not read")
  func elsewhere() async throws {
    let message = try await Self.run("foreign-key@identity", expecting: .server)
    #expect(message.contains("names a key that is not a .key file of "))
  }

  @Test("A token that needs no proof is not used")
  func noProof() async throws {
    let message = try await Self.run("no-proof@identity", expecting: .server)
    #expect(message.contains("gave a token without the proof that Azure Arc's agent demands"))
  }

  @Test("A symbolic link, a folder, a large file, and one with something else in it are no keys")
  func notAKey() async throws {
    for (kind, reason) in [
      ("link", "cannot be used"), ("folder", "cannot be used: it is a folder"),
      ("large", "cannot be used: it is too large; run as root, or as a user of the group himds"),
      ("empty", "holds something else than a key"), ("lines", "holds something else than a key"),
    ] {
      let folder = try TemporaryFolder()
      try folder.write("target", "geheim-geheim-geheim", mode: 0o600)
      let key = folder.path("a.key").text
      switch kind {
      case "link": try #require(symlink(folder.path("target").text, key) == 0)
      case "folder":
        try FileManager.default.createDirectory(
          atPath: key, withIntermediateDirectories: false)
      default:
        let large = String(repeating: "geheim", count: 700)
        try folder.write(
          "a.key", kind == "large" ? large : kind == "empty" ? "\n" : "geheim\r\nX-Other: geheim")
      }
      let (place, named) = (folder.url.path, folder.path(""))
      try await SimulatedTenant.with { tenant in
        let surroundings = try tenant.surroundings(.arc)
        let path = try tenant.identity()
        let question = try await tenant.blocking {
          let client = try Client(configurationAt: path, in: surroundings)
          return try client.running(over: nil) { (run) throws(EntraSyncError) in
            let service = try surroundings.identityService(for: client.configuration)
            let question = IdentityQuestion(
              IdentityAnswer(of: service, about: .system, client.configuration),
              keyFolder: named, run: run)
            do throws(EntraSyncError) {
              _ = try question.proof(
                of: ArcChallenge(["Basic realm=\(key)"], folder: place))
              return ""
            } catch {
              return error.message
            }
          }
        }
        #expect(question.contains(reason), "\(kind): \(question)")
        #expect(!question.contains("geheim"))
      }
    }
  }
}
