import Foundation
import Programs
import Testing

@testable import GraphSimulator

/// Tests of the program `graph-simulator`, which C and Perl tests use.
@Suite struct ProgramTests {
  /// Starts the program, which lies beside the built tests.
  private static func start(_ arguments: [String]) throws -> Program {
    let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    let built = [tests.deletingLastPathComponent(), Bundle.main.bundleURL]
      .map { $0.appending(path: "graph-simulator").path }
    let program = try #require(
      built.first { FileManager.default.isExecutableFile(atPath: $0) })
    return try Program([program] + arguments)
  }

  /// Reads what the program prints until it is ready.
  private static func configuration(_ program: Program) throws -> String {
    var text = ""
    while !text.hasSuffix("# ready\n") {
      let more = program.read()
      try #require(!more.isEmpty, "ended with: \(text)")
      text += String(decoding: more, as: UTF8.self)
    }
    return text
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func `graph-simulator prints a configuration and serves until a signal`(signal: Int32)
    async throws
  {
    let program = try Self.start(["--members", "5", "--group", "single", "--query-filter", "mail"])
    let text = try Self.configuration(program)
    #expect(text.contains("GROUPID = \(BuiltInGroup.single.id)\nQUERYFILTER = mail\n"))
    let port = try #require(text.firstMatch(of: /GRAPHURL = http:\/\/127\.0\.0\.1:(\d+)/)?.1)
    let answer = try await SignedIn.signIn(Connection(port: try #require(UInt16(port))))
    #expect(answer.status == 200)
    let end = try program.end(with: signal)
    #expect(end.status == 0)
    #expect(end.errors.isEmpty)
  }

  @Test func `graph-simulator reports a port in use in one line, with exit code 1`() async throws {
    let simulator = try await GraphSimulator.start(SimulatorOptions(members: 1))
    let end = try Self.start(["--port", "\(simulator.port)"]).end()
    #expect(end.status == 1)
    #expect(
      end.errors
        == "graph-simulator: cannot listen on 127.0.0.1, port \(simulator.port): "
        + "Address already in use\n")
    await simulator.stop()
  }

  @Test(arguments: [
    (["--fault", "nonsense"], "unknown fault"), (["--group", "nobody"], "--group"),
    (["--members", "-1"], "--members"), (["--port", "70000"], "--port"),
    (["--roles", "User.Read.All,Nonsense"], "--roles"),
  ])
  func `graph-simulator explains a wrong argument`(arguments: [String], part: String) throws {
    let end = try Self.start(arguments).end()
    #expect(end.status != 0)
    #expect(end.errors.contains(part))
  }

  @Test(arguments: [("--secret-file", "secret"), ("--certificate", "certificate")])
  func `graph-simulator reports an unreadable file in one line, with exit code 1`(
    flag: String, what: String
  ) throws {
    let end = try Self.start([flag, "/nonexistent"]).end()
    #expect(end.status == 1)
    #expect(
      end.errors == "graph-simulator: cannot read the \(what) file /nonexistent as text\n")
  }

  @Test(arguments: [("User.Read.All", 403), ("", 403), ("GroupMember.Read.All", 200)])
  func `graph-simulator gives the application the roles of --roles`(roles: String, status: Int)
    async throws
  {
    let program = try Self.start(["--members", "1", "--roles", roles])
    let text = try Self.configuration(program)
    let port = try #require(text.firstMatch(of: /GRAPHURL = http:\/\/127\.0\.0\.1:(\d+)/)?.1)
    let connection = try Connection(port: try #require(UInt16(port)))
    let token = try await SignedIn.token(connection)
    let answer = try await connection.exchange(
      "GET /v1.0/groups/\(BuiltInGroup.main.id) HTTP/1.1\nAuthorization: Bearer \(token)")
    #expect(answer.status == status)
    #expect(try program.end(with: SIGTERM).status == 0)
  }

  @Test func `graph-simulator reads the secret from a file`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data("own secret\n".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let program = try Self.start(["--members", "1", "--secret-file", file.path])
    #expect(try Self.configuration(program).contains("CLIENTSECRET = \"own secret\"\n"))
    #expect(try program.end(with: SIGTERM).status == 0)
  }
}
