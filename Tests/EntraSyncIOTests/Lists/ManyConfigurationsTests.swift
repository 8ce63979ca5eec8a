import EntraSync
import GraphSimulator
import Synchronization
import Testing

@testable import EntraSyncIO

@Suite("Reading several configurations at the same time")
struct ManyConfigurationsTests {
  /// What a run has told.
  struct Course {
    var result: Swift.Result<Report, EntraSyncError>
    var log: [String]

    /// The places of a configuration's lines with a text.
    func places(of configuration: Path, _ text: String) -> [Int] {
      log.indices.filter { log[$0].hasPrefix("\(configuration.text): ") && log[$0].contains(text) }
    }
  }

  /// Writes the file `list` from configurations.
  ///
  /// - Parameters:
  ///   - paths: The configurations.
  ///   - tenant: Where they are.
  ///   - limits: How long to wait for a server.
  ///   - overHTTP1: Whether they are read at the same time though the simulator speaks HTTP/1.1.
  ///   - goesOn: Whether the run goes on, by the number of the client that asks, and the log.
  /// - Throws: When the world cannot be made.
  /// - Returns: What came of it.
  private static func write(
    _ paths: [Path], _ tenant: SimulatedTenant,
    limits: Limits = .short, overHTTP1: Bool = true,
    goesOn: @escaping @Sendable (Int, [String]) -> Bool = { _, _ in true }
  ) async throws -> Course {
    let log = Mutex<[String]>([])
    let listPath = tenant.path("list")
    let result = try await tenant.blocking { () -> Swift.Result<Report, EntraSyncError> in
      do throws(EntraSyncError) {
        let list = try List(path: listPath, template: .attributes)
        list.overHTTP1 = overHTTP1
        for (number, path) in paths.enumerated() {
          let client = try Client(configurationAt: path)
          client.limits = limits
          client.observer.log = { _, line in log.withLock { $0.append(line) } }
          client.observer.progress = { _ in goesOn(number, log.withLock(\.self)) }
          try list.add(client)
        }
        return .success(try list.write())
      } catch {
        return .failure(error)
      }
    }
    return Course(result: result, log: log.withLock(\.self))
  }

  /// The first group, which has three pages, and another group of one page.
  private static func configurations(
    _ tenant: SimulatedTenant, _ changes: [String: String] = [:], first: [String: String] = [:]
  ) throws -> [Path] {
    [
      try tenant.configuration(first, name: "a.entraidconf"),
      try tenant.configuration(changes, name: "b.entraidconf", group: .mixed),
    ]
  }

  @Test("Configurations travel together over one connection, and the list is the same")
  func readsTogether() async throws {
    try await SimulatedTenant.with(members: 2500) { tenant in
      let paths = try Self.configurations(tenant)
      let course = try await Self.write(paths, tenant)
      let report = try course.result.get()
      #expect(Set(tenant.simulator.requests.map(\.connection)).count == 1)
      let ahead = try #require(course.places(of: paths[1], "page 1, try 1").first)
      let last = try #require(course.places(of: paths[0], "page 3, try 1").first)
      #expect(ahead < last)
      let together = Set(try tenant.read("list").split(separator: "\n"))
      var alone: Set<Substring> = []
      for path in paths {
        tenant.simulator.forgetRequests()
        _ = try await tenant.writeList("alone", from: path).get()
        alone.formUnion(try tenant.read("alone").split(separator: "\n"))
        try tenant.remove("alone")
      }
      #expect(together == alone)
      #expect(report.fetched > 2500)
    }
  }

  @Test("All configurations of a tenant together send at most four requests at once")
  func sendsFour() async throws {
    try await SimulatedTenant.with { tenant in
      let three = [BuiltInGroup.main, .nested, .single].map(\.id).joined(separator: ", ")
      let groups = ["GROUPID": three]
      let paths = try Self.configurations(tenant, groups, first: groups)
      try tenant.setFaults("stall@groups")
      let told = Mutex(0)
      let course = try await Self.write(paths, tenant) { _, log in
        guard log.count(where: { $0.contains("group ") }) >= 4 else { return true }
        return told.withLock {
          $0 += 1
          return $0 < 5
        }
      }
      #expect(course.result.error?.status == .cancelled)
      #expect(course.log.count { $0.contains("group ") } == 4)
    }
  }

  /// Returns when the clock shows another time than before, however coarse it is.
  private static func letTimePass() {
    let now = Clock.monotonic
    while Clock.monotonic == now {}
  }

  @Test("The time of a configuration runs from its turn on")
  func timesEach() async throws {
    try await SimulatedTenant.with { tenant in
      let client = try Client(configurationAt: tenant.configuration(["TIMEOUT": "100"]))
      let run = try client.prepareRun(over: nil, readsAhead: true)
      Self.letTimePass()
      #expect(run.remaining == 100)
      run.begin()
      Self.letTimePass()
      #expect(run.remaining < 100)
      let reading = PeopleReading(of: client, in: Convoy(), address: nil)
      Self.letTimePass()
      #expect(reading.run?.remaining == 100)
    }
  }

  @Test("The first configuration that fails gives the error, and none is told before its turn")
  func keepsOrder() async throws {
    try await SimulatedTenant.with(members: 1100) { tenant in
      let wrong = ["CLIENTSECRET": "wrong"]
      let told = Mutex<[Int]>([])
      let paths = try Self.configurations(tenant, wrong)
      let course = try await Self.write(paths, tenant) { number, _ in
        told.withLock { $0.append(number) }
        return true
      }
      let error = try #require(course.result.error)
      #expect(error.status == .authentication)
      #expect(error.message.hasPrefix("\(paths[1].text): "))
      let order = told.withLock(\.self)
      #expect(order == order.sorted())
      #expect(order.contains(0) && order.contains(1))
      // The first was read to its end.
      #expect(course.places(of: paths[0], "page 2, try 1").count == 1)

      let both = try Self.configurations(tenant, wrong, first: ["CLIENTSECRET": "bad"])
      let first = try #require(try await Self.write(both, tenant).result.error)
      #expect(first.message.hasPrefix("\(both[0].text): "))
    }
  }

  @Test("A configuration's observer stops the run in its turn")
  func stops() async throws {
    try await SimulatedTenant.with(members: 1100) { tenant in
      let paths = try Self.configurations(tenant)
      let course = try await Self.write(paths, tenant) { number, _ in number == 0 }
      let error = try #require(course.result.error)
      #expect(error.status == .cancelled)
      #expect(error.message.hasPrefix("\(paths[1].text): "))
      #expect(course.places(of: paths[0], "page 2, try 1").count == 1)
    }
  }

  @Test("Configurations with different proxies wait for one another")
  func keepsProxiesApart() async throws {
    try await SimulatedTenant.with(members: 1100) { tenant in
      let paths = try Self.configurations(tenant, ["PROXY": "http://127.0.0.1:9"])
      let course = try await Self.write(paths, tenant)
      _ = try course.result.get()
      let begins = try #require(course.places(of: paths[1], "try 1").first)
      let ends = try #require(course.places(of: paths[0], "page 2, try 1").first)
      #expect(ends < begins)
    }
  }

  @Test("A client that is added twice is read twice, one time after the other")
  func readsTwice() async throws {
    try await SimulatedTenant.with(members: 1100) { tenant in
      let path = try tenant.configuration()
      let listPath = tenant.path("list")
      let (report, seen) = try await tenant.blocking {
        let client = try Client(configurationAt: path)
        var seen: [Int] = []
        client.observer.progress = {
          seen.append($0.people)
          return true
        }
        let list = try List(path: listPath, template: .attributes)
        list.overHTTP1 = true
        for _ in 1...2 { try list.add(client) }
        return (try list.write(), seen)
      }
      #expect(report.fetched == 2200)
      #expect(seen == seen.sorted())
      #expect(tenant.simulator.requests.signIns.count { $0.target.contains("token") } == 1)
    }
  }

  @Test("More configurations than are read at once are all read, each group once")
  func readsMany() async throws {
    try await SimulatedTenant.with { tenant in
      let paths = try (0..<20).map {
        try tenant.configuration(name: "\($0).entraidconf", group: $0 == 19 ? .nested : .main)
      }
      let course = try await Self.write(paths, tenant)
      #expect(try course.result.get().fetched == 19 * 30 + 35)
      for path in paths { #expect(course.places(of: path, "page 1, try 1").count == 1) }
      let ninth = try #require(course.places(of: paths[8], "sign-in").first)
      let first = try #require(course.places(of: paths[0], "page 1, try 1").first)
      #expect(first < ninth)
    }
  }

  @Test("Over HTTP/1.1, where pages wait for one another, configurations do too")
  func takesTurns() async throws {
    try await SimulatedTenant.with(members: 1100) { tenant in
      let paths = try Self.configurations(tenant)
      let course = try await Self.write(paths, tenant, overHTTP1: false)
      let begins = try #require(course.places(of: paths[1], "try 1").first)
      let ends = try #require(course.places(of: paths[0], "page 2, try 1").first)
      #expect(ends < begins)
    }
  }

  @Test("A sign-in that fails is an error of its own configuration")
  func keepsErrorsApart() async throws {
    try await SimulatedTenant.with { one in
      try await SimulatedTenant.with(members: 9000) { other in
        let everybody = other.simulator.directory.members(of: BuiltInGroup.main.id)
        other.simulator.updateDirectory {
          $0.setMembers(of: BuiltInGroup.mixed.id, to: everybody)
        }
        let text = other.simulator.configurationText(
          group: "\(BuiltInGroup.main.id), \(BuiltInGroup.mixed.id)", queryFilter: "mail")
        try one.write("b.entraidconf", text)
        try one.changeMode("b.entraidconf", 0o600)
        let paths = [try one.configuration(name: "a.entraidconf"), one.path("b.entraidconf")]
        var limits = Limits.short
        limits.stalling = 1
        limits.retry = try #require(RetryPolicy(maximumRetries: 0, firstDelay: 0))
        try one.setFaults("stall*1@token")
        let course = try await Self.write(paths, one, limits: limits)
        let error = try #require(course.result.error)
        #expect(error.message.hasPrefix("\(paths[0].text): "))
        #expect(course.places(of: paths[0], "sign-in").count == 1)
      }
    }
  }

  @Test("A 429 that outlasts the TIMEOUT of another configuration says so")
  func explainsHold() async throws {
    try await SimulatedTenant.with(members: 2500) { tenant in
      let paths = try Self.configurations(tenant, ["TIMEOUT": "3000"], first: ["TIMEOUT": "300"])
      try tenant.setFaults("throttle:1:2000@mixed#1")
      let error = try #require(try await Self.write(paths, tenant).result.error)
      #expect(error.status == .throttled)
      #expect(error.message.hasPrefix("\(paths[0].text): "))
      #expect(error.message.contains("TIMEOUT leaves"))
    }
  }

  @Test("Configurations that share a token sign in once")
  func signsInOnce() async throws {
    try await SimulatedTenant.with { tenant in
      let paths = try (0..<6).map { try tenant.sharing(name: "\($0).entraidconf") }
      let course = try await Self.write(paths, tenant)
      #expect(try course.result.get().fetched == 6 * 30)
      #expect(tenant.simulator.requests.signIns.count { $0.formFields.contains("scope") } == 1)
    }
  }

  @Test("A client that reads ahead may be asked for somebody by its log's callback")
  func answersCallback() async throws {
    try await SimulatedTenant.with(members: 1100) { tenant in
      let paths = try Self.configurations(tenant)
      let listPath = tenant.path("list")
      let (report, answers) = try await tenant.blocking {
        let list = try List(path: listPath, template: .attributes)
        list.overHTTP1 = true
        var answers = 0
        for (number, path) in paths.enumerated() {
          let client = try Client(configurationAt: path)
          try list.add(client)
          guard number == 1 else { continue }
          client.observer.log = { _, line in
            guard answers == 0, line.contains("page 1, try 1") else { return }
            answers = 1
            answers = (try? client.lookUp(["nobody@example.com"]))?.answers.count ?? -1
          }
        }
        return (try list.fetch(), answers)
      }
      #expect(answers == 1)
      #expect(report.fetched > 1100)
    }
  }

  @Test("Nothing is left of the readings, whether they were finished or not")
  func isReleased() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration()
      let isGone = try await tenant.blocking {
        let client = try Client(configurationAt: path)
        weak var convoy: Convoy?
        func read(finishing: Bool) throws {
          let new = Convoy()
          convoy = new
          let reading = PeopleReading(of: client, in: new, address: nil)
          if finishing { _ = try reading.finish(into: (), needing: []) { _, _, _ in } }
        }
        return try [true, false].map {
          try read(finishing: $0)
          return convoy == nil
        }
      }
      #expect(isGone == [true, true])
    }
  }
}
