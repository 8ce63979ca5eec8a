import Foundation
import Programs
import Testing

@testable import GraphSimulator

/// The program `graph-simulator`, as C and Perl tests use it.
@Suite struct ProgramTests {
  /// The program, which is built beside the tests.
  private static func start(_ arguments: [String]) throws -> Program {
    let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    let built = [tests.deletingLastPathComponent(), Bundle.main.bundleURL]
      .map { $0.appending(path: "graph-simulator").path }
    let program = try #require(
      built.first { FileManager.default.isExecutableFile(atPath: $0) })
    return try Program([program] + arguments)
  }

  /// What it prints until it is ready.
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
  func `It prints a configuration, serves, and ends at a signal`(signal: Int32) async throws {
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

  @Test func `A port that is taken is one line and exit code 1`() async throws {
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
  func `A wrong argument is explained`(arguments: [String], part: String) throws {
    let end = try Self.start(arguments).end()
    #expect(end.status != 0)
    #expect(end.errors.contains(part))
  }

  @Test(arguments: [("--secret-file", "secret"), ("--certificate", "certificate")])
  func `A file that cannot be read is one line and exit code 1`(flag: String, what: String) throws {
    let end = try Self.start([flag, "/nonexistent"]).end()
    #expect(end.status == 1)
    #expect(
      end.errors == "graph-simulator: cannot read the \(what) file /nonexistent as text\n")
  }

  @Test(arguments: [("User.Read.All", 403), ("", 403), ("GroupMember.Read.All", 200)])
  func `The application has the roles that it is given`(roles: String, status: Int) async throws {
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

  @Test func `The secret can come from a file`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data("own secret\n".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let program = try Self.start(["--members", "1", "--secret-file", file.path])
    #expect(try Self.configuration(program).contains("CLIENTSECRET = \"own secret\"\n"))
    #expect(try program.end(with: SIGTERM).status == 0)
  }
}
