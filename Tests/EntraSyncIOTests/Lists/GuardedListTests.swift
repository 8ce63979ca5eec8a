import EntraSync
import Glibc
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("A list whose guard has stopped a run")
struct GuardedListTests {
  /// A tenant whose list of 20 people is written, and whose group has lost all but four since.
  static func withStoppedList(
    _ changes: [String: String] = [:], _ body: (SimulatedTenant, Path) async throws -> Void
  ) async throws {
    try await SimulatedTenant.with { tenant in
      set(20, in: tenant)
      let path = try tenant.configuration(changes)
      _ = try await tenant.writeList(from: path).get()
      set(4, in: tenant)
      try await body(tenant, path)
    }
  }

  /// Gives the main group so many people.
  static func set(_ count: Int, in tenant: SimulatedTenant) {
    let people = (0..<count).map { number in
      Member.user(
        Person(
          id: "00000000-0000-4000-8000-0000000000\(number + 10)",
          mail: "person\(number + 10)@example.com"))
    }
    tenant.simulator.updateDirectory { $0.setMembers(of: BuiltInGroup.main.id, to: people) }
  }

  static let lost = (14...29).map { "- person\($0)@example.com\n" }.joined()
  static let kept = (10...13).map { "person\($0)@example.com\n" }.joined()

  @Test("A run that the guard stops keeps its proposal beside the list, with the list's mode")
  func keepsProposal() async throws {
    try await Self.withStoppedList { tenant, path in
      try tenant.changeMode("list", 0o640)
      let before = try tenant.identity("list")
      let error = try await tenant.writeList(from: path).error
      let list = tenant.path("list").text
      let accept = "\(list).accept".shellWord
      let diff = "\(list).proposed.diff".shellWord
      #expect(error?.status == .changeGuard)
      #expect(
        error?.message
          == "\(list): the list was left as it is: 16 of 20 lines would be removed, more than "
          + "MAXREMOVED (50%) allows; look at \(diff), and if the change is right, "
          + "accept it for the next run: touch \(accept)")
      #expect(try tenant.identity("list") == before)
      #expect(try tenant.read("list.proposed") == Self.kept)
      let text = try tenant.read("list.proposed.diff").split(separator: "\n", maxSplits: 3)
      #expect(text[0] == "# \(list)")
      #expect(text[1].hasPrefix("# 20"))
      #expect(
        text[1].hasSuffix(
          " UTC: 16 of 20 lines would be removed, more than MAXREMOVED (50%) allows"))
      #expect(text[2] == "# To accept it once, in the next run: touch \(accept)")
      #expect(text[3] == Self.lost)
      for name in ["list.proposed", "list.proposed.diff"] {
        #expect(try tenant.identity(name).last == before.last)
      }
    }
  }

  @Test("An acceptance lets the next run write the list, and no later run")
  func acceptsOnce() async throws {
    try await Self.withStoppedList { tenant, path in
      _ = try await tenant.writeList(from: path)
      try tenant.write("list.accept", "")
      let report = try await tenant.writeList(from: path).get()
      #expect(report.removed == 16)
      #expect(
        report.objection == "16 of 20 lines would be removed, more than MAXREMOVED (50%) allows")
      #expect(try tenant.read("list") == Self.kept)
      #expect(try tenant.names() == ["list", "test.entraidconf"])

      Self.set(20, in: tenant)
      _ = try await tenant.writeList(from: path).get()
      Self.set(4, in: tenant)
      #expect(try await tenant.writeList(from: path).error?.status == .changeGuard)
    }
  }

  @Test("An acceptance is used up, also if the next run fails or does not need it")
  func usesAcceptanceUp() async throws {
    try await Self.withStoppedList { tenant, path in
      _ = try await tenant.writeList(from: path)
      try tenant.write("list.accept", "")
      try tenant.setFaults("forbidden")
      let error = try await tenant.writeList(from: path).error
      let acceptance = tenant.path("list.accept").text
      #expect(error?.message.hasSuffix("; the acceptance in \(acceptance) is used up") == true)
      tenant.simulator.setFaults([])
      #expect(try await tenant.writeList(from: path).error?.status == .changeGuard)

      Self.set(20, in: tenant)
      try tenant.write("list.accept", "")
      _ = try await tenant.writeList(from: path).get()
      #expect(try tenant.names() == ["list", "test.entraidconf"])
    }
  }

  @Test("An acceptance without a proposal accepts nothing, and the message says so")
  func needsProposal() async throws {
    try await Self.withStoppedList { tenant, path in
      for missing in ["list.proposed", "list.proposed.diff"] {
        _ = try await tenant.writeList(from: path)
        try tenant.remove(missing)
        try tenant.write("list.accept", "")
        let error = try await tenant.writeList(from: path).error
        #expect(error?.status == .changeGuard)
        let accept = tenant.path("list.accept").text
        #expect(
          error?.message.hasSuffix(
            "; \(accept) accepted nothing: no stopped run has left a proposal that can be read")
            == true, "\(error?.message ?? "")")
        #expect(try !tenant.names().contains("list.accept"))
      }
    }
  }

  @Test("An acceptance that is older than the proposal accepts nothing, and the message says so")
  func refusesOlderAcceptance() async throws {
    try await Self.withStoppedList { tenant, path in
      // A person may accept the last proposal while a run is replacing it.
      _ = try await tenant.writeList(from: path)
      try tenant.write("list.accept", "")
      var times = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 0)]
      try #require(utimensat(AT_FDCWD, tenant.path("list.accept").text, &times, 0) == 0)
      let before = try tenant.identity("list")
      let error = try await tenant.writeList(from: path).error
      #expect(error?.status == .changeGuard)
      let (accept, diff) = (tenant.path("list.accept").text, tenant.path("list.proposed.diff").text)
      #expect(
        error?.message.hasSuffix(
          "; \(accept) accepted nothing: it is older than \(diff); look at that, and accept it anew"
        )
          == true, "\(error?.message ?? "")")
      #expect(try tenant.identity("list") == before)
      #expect(try !tenant.names().contains("list.accept"))
      try tenant.write("list.accept", "")
      #expect(try await tenant.writeList(from: path).get().removed == 16)
    }
  }

  @Test("An accepted exchange of lines does not let people vanish")
  func refusesShortfall() async throws {
    try await SimulatedTenant.with { tenant in
      Self.set(20, in: tenant)
      let path = try tenant.configuration()
      _ = try await tenant.writeList(from: path).get()
      func write() async throws -> Swift.Result<Report, EntraSyncError> {
        try await tenant.writeList(from: path, template: "* {mail} <reg> - 0")
      }
      #expect(try await write().error?.status == .changeGuard)
      try tenant.write("list.accept", "")
      Self.set(3, in: tenant)
      let before = try tenant.identity("list")
      #expect(try await write().error?.status == .changeGuard)
      #expect(try tenant.identity("list") == before)

      // Somebody may have left the group meanwhile.
      Self.set(20, in: tenant)
      #expect(try await write().error?.status == .changeGuard)
      try tenant.write("list.accept", "")
      Self.set(19, in: tenant)
      #expect(try await write().get().written == 19)
    }
  }

  @Test("A file that the run needs is no list", arguments: ["secret", "link", "test.entraidconf"])
  func refusesNeededFile(name: String) async throws {
    try await SimulatedTenant.with { tenant in
      try tenant.write("secret", Registration().clientSecret)
      try tenant.makeLink("link", to: name == "link" ? "secret" : "nothing")
      let path = try tenant.configuration(["CLIENTSECRET": "", "CLIENTSECRETFILE": "secret"])
      // A list with the name of a configuration is refused before anything is opened.
      let list = name == "test.entraidconf" ? "other" : name
      if name == "test.entraidconf" { try tenant.makeLink("other", to: name) }
      let before = try tenant.read(list)
      let names = try tenant.names()
      let listPath = tenant.path(list)
      let errors = try await tenant.blocking {
        [true, false].map { writes in
          #expect(throws: EntraSyncError.self) {
            let list = try List(path: listPath, template: .attributes)
            try list.add(Client(configurationAt: path))
            _ = writes ? try list.write() : try list.preview()
          }
        }
      }
      for error in errors {
        #expect(error?.status == .invalidArgument)
        #expect(error?.message.contains("which the run needs, and no list") == true)
      }
      #expect(try tenant.read(list) == before)
      #expect(try tenant.names() == names)
    }
  }

  @Test("An acceptance of as many other people accepts nothing")
  func refusesOtherPeople() async throws {
    try await Self.withStoppedList { tenant, path in
      _ = try await tenant.writeList(from: path)
      try tenant.write("list.accept", "")
      let others = (16...19).map {
        Member.user(
          Person(id: "00000000-0000-4000-8000-0000000000\($0)", mail: "person\($0)@example.com"))
      }
      tenant.simulator.updateDirectory { $0.setMembers(of: BuiltInGroup.main.id, to: others) }
      let before = try tenant.identity("list")
      #expect(try await tenant.writeList(from: path).error?.status == .changeGuard)
      #expect(try tenant.identity("list") == before)
    }
  }

  @Test(
    "A proposal or its text that somebody has changed accepts nothing more",
    arguments: [("list.proposed", "person12@example.com\n"), ("list.proposed.diff", "# nothing\n")])
  func refusesChangedProposal(name: String, content: String) async throws {
    try await Self.withStoppedList { tenant, path in
      _ = try await tenant.writeList(from: path)
      try tenant.write(name, content)
      if name == "list.proposed" { Self.set(3, in: tenant) }
      try tenant.write("list.accept", "")
      let before = try tenant.identity("list")
      #expect(try await tenant.writeList(from: path).error?.status == .changeGuard)
      #expect(try tenant.identity("list") == before)
    }
  }

  /// What may stand in the place of an acceptance, and how it is named.
  static let strangers: [(words: String, make: @Sendable (String) -> Int32)] = [
    ("is a symbolic link", { symlink("list", $0) }), ("is a folder", { mkdir($0, 0o700) }),
    ("is not a regular file", { mkfifo($0, 0o600) }),
    ("has a hard link", { link($0.replacing(/\.accept$/, with: ""), $0) }),
    ("can be changed by other users (mode 664)", { close(creat($0, 0o600)) + chmod($0, 0o664) }),
    ("can be changed by other users (mode 602)", { close(creat($0, 0o600)) + chmod($0, 0o602) }),
    ("belongs to user id 1001", { close(creat($0, 0o600)) + chown($0, 1001, 0) }),
  ]

  @Test(
    "What stands in the place of an acceptance and is none is named, and keeps no run from its work",
    arguments: strangers.indices)
  func ignoresStrangers(index: Int) async throws {
    let (words, make) = Self.strangers[index]
    // A file can be given away by root alone.
    guard geteuid() == 0 || !words.hasPrefix("belongs") else { return }
    try await Self.withStoppedList(["AUDITFILE": "audit.log"]) { tenant, path in
      _ = try await tenant.writeList(from: path)
      let accept = tenant.path("list.accept").text
      try #require(make(accept) == 0)
      let before = try tenant.identity("list")
      let error = try await tenant.writeList(from: path).error
      let remark = "\(accept) is ignored, since it \(words); remove it"
      #expect(error?.status == .changeGuard)
      #expect(error?.message.hasSuffix("; \(remark)") == true, "\(error?.message ?? "")")
      #expect(try tenant.identity("list") == before)
      #expect(try tenant.read("audit.log").contains(remark))

      Self.set(19, in: tenant)
      #expect(try await tenant.writeList(from: path).get().removed == 1)
      #expect(try tenant.names().contains("list.accept"))
    }
  }

  /// Writes the list `list` as a caller who accepts the change.
  static func accept(
    _ tenant: SimulatedTenant, _ path: Path
  ) async throws -> Swift.Result<Report, EntraSyncError> {
    let listPath = tenant.path("list")
    return try await tenant.blocking {
      do throws(EntraSyncError) {
        let list = try List(path: listPath, template: LineTemplate("{mail}"))
        try list.add(Client(configurationAt: path))
        list.acceptsChange = true
        return .success(try list.write())
      } catch {
        return .failure(error)
      }
    }
  }

  @Test("A caller accepts nothing that no stopped run has proposed, and then what one has")
  func needsProposalForCaller() async throws {
    try await Self.withStoppedList(["AUDITFILE": "audit.log"]) { tenant, path in
      let before = try tenant.identity("list")
      let error = try await Self.accept(tenant, path).error
      #expect(error?.status == .changeGuard)
      let list = tenant.path("list").text
      #expect(
        error?.message
          == "\(list): the list was left as it is: 16 of 20 lines would be removed, more than "
          + "MAXREMOVED (50%) allows; look at \("\(list).proposed.diff".shellWord), and if the change "
          + "is right, accept it for the next run: touch \("\(list).accept".shellWord); nothing was "
          + "accepted, since no stopped run has left a proposal that can be read")
      #expect(try tenant.identity("list") == before)
      #expect(try tenant.read("audit.log").contains("MAXREMOVED (50%) allows: stopped"))

      #expect(try await Self.accept(tenant, path).get().removed == 16)
      #expect(try tenant.read("list") == Self.kept)
      #expect(try tenant.names() == ["audit.log", "list", "test.entraidconf"])
    }
  }

  @Test("A caller does not empty a list of two lines unless that was proposed")
  func needsProposalOfEmptying() async throws {
    try await SimulatedTenant.with { tenant in
      Self.set(2, in: tenant)
      let path = try tenant.configuration(["MAXREMOVED": "off"])
      _ = try await tenant.writeList(from: path).get()
      Self.set(0, in: tenant)
      let before = try tenant.identity("list")
      #expect(try await Self.accept(tenant, path).error?.status == .changeGuard)
      #expect(try tenant.identity("list") == before)
      #expect(try await Self.accept(tenant, path).get().removed == 2)
    }
  }

  @Test("A caller does not accept another change than the one that was proposed")
  func refusesOtherChangeForCaller() async throws {
    try await Self.withStoppedList { tenant, path in
      _ = try await tenant.writeList(from: path)
      Self.set(3, in: tenant)
      let before = try tenant.identity("list")
      let error = try await Self.accept(tenant, path).error
      #expect(error?.status == .changeGuard)
      #expect(
        error?.message.hasSuffix("; nothing was accepted, since the proposal was of another change")
          == true, "\(error?.message ?? "")")
      #expect(try tenant.identity("list") == before)

      try tenant.write("list.proposed", "person12@example.com\nperson10@example.com\nx\n")
      try tenant.write("list.proposed.diff", "+ y\n")
      let texts = ["list.proposed", "list.proposed.diff"].map { tenant.path($0).text }
      #expect(
        try await Self.accept(tenant, path).error?.message.hasSuffix(
          "; nothing was accepted, since \(texts[0]) and \(texts[1]) do not agree") == true)
    }
  }

  @Test("A change that the guard allows is made, whether the caller accepts it or not")
  func makesAllowedChangeForCaller() async throws {
    try await Self.withStoppedList { tenant, path in
      Self.set(19, in: tenant)
      let report = try await Self.accept(tenant, path).get()
      #expect(report.removed == 1 && report.objection == nil)
    }
  }

  @Test("A proposal that cannot be kept cannot be accepted, and the message says so")
  func saysThatNothingCanBeAccepted() async throws {
    try await SimulatedTenant.with { tenant in
      Self.set(1, in: tenant)
      let path = try tenant.configuration()
      // With the ending of a proposal it is too long for the file system.
      let name = String(repeating: "x", count: 250)
      try tenant.write(name, "old@example.com\n")
      let message = try await tenant.writeList(name, from: path).error?.message ?? ""
      #expect(
        message.hasSuffix(
          "; look at the group in Entra ID; nobody can accept the change, since what would change "
            + "cannot be kept beside the list: File name too long"), "\(message)")
    }
  }

  @Test("An acceptance by the caller does not outlive a preview")
  func forgetsAcceptanceAtPreview() async throws {
    try await Self.withStoppedList { tenant, path in
      _ = try await tenant.writeList(from: path)
      let listPath = tenant.path("list")
      let error = await #expect(throws: EntraSyncError.self) {
        try await tenant.blocking {
          let list = try List(path: listPath, template: LineTemplate("{mail}"))
          try list.add(Client(configurationAt: path))
          list.acceptsChange = true
          _ = try list.preview()
          _ = try list.write()
        }
      }
      #expect(error?.status == .changeGuard)
    }
  }

  @Test("A proposal belongs to the run, and nobody else may change it", arguments: [0o664, 0o606])
  func protectsProposal(mode: Int) async throws {
    try await Self.withStoppedList { tenant, path in
      try tenant.changeMode("list", mode)
      _ = try await tenant.writeList(from: path)
      for name in ["list.proposed", "list.proposed.diff"] {
        #expect(
          try tenant.identity(name).last == "mode 100\(String(mode & 0o644, radix: 8))")
      }
      try tenant.write("list.accept", "")
      #expect(try await tenant.writeList(from: path).get().removed == 16)
      #expect(try tenant.identity("list").last == "mode 100\(String(mode, radix: 8))")
    }
  }

  @Test("A proposal is removed when the list is cleared")
  func removesProposalWhenCleared() async throws {
    try await Self.withStoppedList { tenant, path in
      _ = try await tenant.writeList(from: path)
      #expect(try List(path: tenant.path("list"), template: .attributes).clear().isChanged)
      #expect(try tenant.names() == ["list", "test.entraidconf"])
    }
  }

  @Test("A list that differs from the new one in its line ends alone is changed")
  func changesLineEnds() async throws {
    try await SimulatedTenant.with { tenant in
      Self.set(2, in: tenant)
      let path = try tenant.configuration()
      try tenant.write("list", "person10@example.com\r\nperson11@example.com\r\n")
      let preview = try await Self.preview(tenant, path)
      #expect(preview.isChanged && preview.added == 0 && preview.removed == 0)
      #expect(try await tenant.writeList(from: path).get().isChanged)
    }
  }

  @Test(
    "A preview of what is no file is refused, and not a first run",
    arguments: ["folder", "fifo", "closed"])
  func refusesPreviewOfOthers(kind: String) async throws {
    guard geteuid() != 0 || kind != "closed" else { return }
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration()
      let list = tenant.path("list").text
      switch kind {
      case "folder": try #require(mkdir(list, 0o700) == 0)
      case "fifo": try #require(mkfifo(list, 0o600) == 0)
      default:
        try tenant.write("list", "")
        try #require(chmod(list, 0) == 0)
      }
      let error = await #expect(throws: EntraSyncError.self) {
        try await Self.preview(tenant, path)
      }
      #expect(error?.status == .file)
      #expect(tenant.simulator.requests.isEmpty)
    }
  }

  @Test("A proposal is removed when a later run succeeds, also without a change")
  func removesProposal() async throws {
    try await Self.withStoppedList { tenant, path in
      _ = try await tenant.writeList(from: path)
      #expect(try tenant.names().contains("list.proposed"))
      Self.set(20, in: tenant)
      #expect(try await !tenant.writeList(from: path).get().isChanged)
      #expect(try tenant.names() == ["list", "test.entraidconf"])
    }
  }

  @Test("A preview of a stopped list changes nothing and uses no acceptance up")
  func isPreviewed() async throws {
    try await Self.withStoppedList { tenant, path in
      try tenant.write("list.accept", "")
      let before = try tenant.identity("list")
      let listPath = tenant.path("list")
      let report = try await tenant.blocking {
        let list = try List(path: listPath, template: LineTemplate("{mail}"))
        try list.add(Client(configurationAt: path))
        return try list.preview()
      }
      #expect(report.isChanged && report.removed == 16 && report.added == 0)
      #expect(report.objection?.hasPrefix("16 of 20 lines") == true)
      var removed = ""
      report.difference.removed.forEach { removed += "- \(String(decoding: $0, as: UTF8.self))\n" }
      #expect(removed == Self.lost)
      #expect(try tenant.identity("list") == before)
      #expect(try tenant.names() == ["list", "list.accept", "test.entraidconf"])
    }
  }

  @Test("A list without a file can be previewed, and no file is made")
  func previewsFirstRun() async throws {
    try await SimulatedTenant.with { tenant in
      Self.set(4, in: tenant)
      let path = try tenant.configuration()
      let listPath = tenant.path("list")
      let report = try await tenant.blocking {
        let list = try List(path: listPath, template: LineTemplate("{mail}"))
        try list.add(Client(configurationAt: path))
        return try list.preview()
      }
      #expect(report.isChanged && report.added == 4 && report.objection == nil)
      #expect(try tenant.names() == ["test.entraidconf"])
    }
  }

  @Test("An acceptance does not cover a change that has grown since")
  func refusesGrownChange() async throws {
    try await Self.withStoppedList { tenant, path in
      _ = try await tenant.writeList(from: path)
      let before = try tenant.identity("list")
      try tenant.write("list.accept", "")
      Self.set(0, in: tenant)
      let error = try await tenant.writeList(from: path).error
      #expect(error?.status == .changeGuard)
      #expect(error?.message.contains("every line (20) would be removed") == true)
      #expect(error?.message.hasSuffix(" is used up, since it is for another change") == true)
      #expect(try tenant.identity("list") == before)
      #expect(try tenant.read("list.proposed").isEmpty)

      // Now it has been looked at.
      try tenant.write("list.accept", "")
      #expect(try await tenant.writeList(from: path).get().removed == 20)
    }
  }

  /// What a preview says of the list `list`.
  static func preview(_ tenant: SimulatedTenant, _ path: Path) async throws -> Report {
    let listPath = tenant.path("list")
    return try await tenant.blocking {
      let list = try List(path: listPath, template: LineTemplate("{mail}"))
      try list.add(Client(configurationAt: path))
      return try list.preview()
    }
  }

  @Test(
    "A first run that finds nobody writes nothing, and nobody can accept that",
    arguments: [nil, "", "\n\r\n"], [false, true])
  func refusesEmptyFirstRun(content: String?, isAccepted: Bool) async throws {
    try await SimulatedTenant.with { tenant in
      Self.set(0, in: tenant)
      let path = try tenant.configuration(["MAXREMOVED": "off", "MAXADDED": "off"])
      if let content { try tenant.write("list", content) }
      let names = try tenant.names()
      let before = try content.map { _ in try tenant.identity("list") }
      let listPath = tenant.path("list")
      let error = await #expect(throws: EntraSyncError.self) {
        try await tenant.blocking {
          let list = try List(path: listPath, template: LineTemplate("{mail}"))
          try list.add(Client(configurationAt: path))
          list.acceptsChange = isAccepted
          _ = try list.write()
        }
      }
      #expect(error?.status == .changeGuard)
      #expect(
        error?.message
          == "\(listPath.text): the list was left as it is: no line was found for it, and it has "
          + "none yet; check GROUPID, EXCLUDEGROUPID and QUERYFILTER; a list that has to be empty "
          + "is cleared on purpose")
      let preview = try await Self.preview(tenant, path)
      #expect(preview.objection == "no line was found for it, and it has none yet")
      #expect(try tenant.names() == names)
      #expect(try content.map { _ in try tenant.identity("list") } == before)
    }
  }

  @Test("A list of which no old line would stay is left alone", arguments: [1, 4, 9])
  func refusesReplacement(count: Int) async throws {
    try await SimulatedTenant.with { tenant in
      Self.set(count, in: tenant)
      let path = try tenant.configuration(["MAXREMOVED": "off", "MAXADDED": "off"])
      let old = (1...count).map { "former\($0)@example.com\n" }.joined()
      try tenant.write("list", old)
      let before = try tenant.identity("list")
      let words = "none of its \(count) lines would stay"
      #expect(try await Self.preview(tenant, path).objection == words)
      let error = try await tenant.writeList(from: path).error
      #expect(error?.status == .changeGuard)
      #expect(error?.message.contains("\(words); look at ") == true)
      #expect(error?.message.contains("accept it for the next run: touch ") == true)
      #expect(try tenant.identity("list") == before)

      try tenant.write("list.accept", "")
      #expect(try await tenant.writeList(from: path).get().removed == count)
    }
  }

  @Test("A list of ten lines grows at most threefold, unless MAXADDED allows more")
  func refusesGrowth() async throws {
    try await SimulatedTenant.with { tenant in
      Self.set(31, in: tenant)
      let path = try tenant.configuration()
      try tenant.write("list", (10...19).map { "person\($0)@example.com\n" }.joined())
      let before = try tenant.identity("list")
      let error = try await tenant.writeList(from: path).error
      #expect(error?.status == .changeGuard)
      #expect(
        error?.message.contains("21 lines would be added to 10, more than MAXADDED (200%) allows")
          == true)
      #expect(try tenant.identity("list") == before)

      let lax = try tenant.configuration(["MAXADDED": "off"], name: "lax.entraidconf")
      #expect(try await tenant.writeList(from: lax).get().added == 21)
    }
  }

  @Test("A list that is larger than a run can read is not written")
  func refusesHugeList() async throws {
    try await SimulatedTenant.with { tenant in
      Self.set(20, in: tenant)
      let path = try tenant.configuration()
      _ = try await tenant.writeList(from: path).get()
      let (names, before) = (try tenant.names(), try tenant.identity("list"))
      let listPath = tenant.path("list")
      // 20 lines of 20 bytes and the text; each line has a space and an end besides.
      let limit = 20_000
      let text = String(repeating: "x", count: limit / 20 - 22)
      let errors = try await tenant.blocking {
        let list = try List(path: listPath, template: LineTemplate("{mail} \(text)y"))
        list.mostBytes = limit
        try list.add(Client(configurationAt: path))
        return [list.preview, list.write].map { run in
          do throws(EntraSyncError) {
            _ = try run()
            return EntraSyncError(.ok, "")
          } catch {
            return error
          }
        }
      }
      for error in errors {
        #expect(error.status == .file)
        #expect(
          error.message
            == "\(listPath.text): the list was left as it is: the new one would have 20020 bytes, "
            + "and no run could read more than 20000 of them; split the group, or shorten the "
            + "template")
      }
      #expect(try tenant.names() == names)
      #expect(try tenant.identity("list") == before)
    }
  }

  @Test("A list cannot be used by a callback of the run that works on it")
  func refusesCallback() async throws {
    try await SimulatedTenant.with { tenant in
      Self.set(20, in: tenant)
      let path = try tenant.configuration(["AUDITFILE": "audit.log"])
      let listPath = tenant.path("list")
      let (report, inner) = try await tenant.blocking {
        let list = try List(path: listPath, template: LineTemplate("{mail}"))
        let client = try Client(configurationAt: path)
        try list.add(client)
        var inner: Set<String> = []
        client.observer.log = { _, _ in
          let attempts: [() throws -> Report] = [list.fetch, list.preview, list.write, list.clear]
          for attempt in attempts {
            do {
              _ = try attempt()
              inner.insert("nothing was refused")
            } catch {
              inner.insert((error as? EntraSyncError)?.message ?? "another error")
            }
          }
        }
        return (try list.write(), inner)
      }
      #expect(inner == ["the list is at work; a callback must not use it a second time"])
      #expect(report.written == 20)
      #expect(try tenant.read("list").split(separator: "\n").count == 20)
    }
  }

  @Test(
    "A configuration's path is refused as a list, since writing would destroy its secret",
    arguments: ["a.entraidconf", "A.EntraIDConf"])
  func refusesConfiguration(name: String) {
    let error = #expect(throws: EntraSyncError.self) {
      try List(path: Path("/etc/\(name)"), template: .attributes)
    }
    #expect(error?.status == .invalidArgument)
    #expect(error?.message.hasPrefix("/etc/\(name): is a configuration and no list") == true)
  }
}
