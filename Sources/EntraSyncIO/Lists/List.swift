import EntraSync

/// One list of people: where it is kept, the shape of its lines, and the clients that feed it.
public final class List {
  /// The list's file; `nil` for a list that is only fetched.
  public let path: Path?
  /// Whether a person has looked at the next change, which the guard then lets pass.
  public var acceptsChange = false
  /// The lines of the last fetch or write.
  public private(set) var lines = LineSet()

  private let template: LineTemplate
  private var feeds: [(client: Client, shape: LineShape)] = []

  /// Describes a list. Nothing is read or written yet.
  ///
  /// - Parameters:
  ///   - path: The list's file, if it has one.
  ///   - template: The shape of a line.
  /// - Throws: `.invalidArgument` for an empty path.
  public init(path: Path?, template: LineTemplate) throws(EntraSyncError) {
    guard path.map({ !$0.isEmpty }) ?? true else {
      throw EntraSyncError(.invalidArgument, "the list's path is empty")
    }
    self.path = path
    self.template = template
  }

  /// Adds a client whose people are part of the list.
  ///
  /// - Parameter client: A client; what several clients find is merged.
  /// - Throws: `.invalidArgument` when the template names an attribute that its QUERYFILTER lacks.
  public func add(_ client: Client) throws(EntraSyncError) {
    let shape: LineShape
    do {
      shape = try LineShape(template, client.configuration.queryFilter)
    } catch {
      throw error.about(client.configuration.path)
    }
    feeds.append((client, shape))
  }

  /// Reads the people of all clients and keeps their lines. No file is touched.
  ///
  /// - Throws: Any status; there are no lines then.
  /// - Returns: What was read.
  public func fetch() throws(EntraSyncError) -> Report {
    lines = LineSet()
    guard !feeds.isEmpty else {
      throw EntraSyncError(.invalidArgument, "the list has no client to read people from; add one")
    }
    let began = Clock.monotonic
    var found = LineSet()
    var report = Report()
    for feed in feeds {
      let part = try feed.client.readPeople(into: found, needing: feed.shape.needed) {
        member, found, report in
        feed.shape.write(
          member,
          skip: { report.skips.append(Report.Skip(name: member.id.singleLine, reason: $0)) },
          emit: { found.insert($0.utf8) })
      }
      found = part.found
      report.merge(part.report)
    }
    found.order()
    lines = found
    report.written = found.count
    report.seconds = Clock.monotonic - began
    return report
  }

  /// Reads the people of all clients and replaces the list's file, whole or not at all.
  ///
  /// - Throws: Any status; the file is as it was.
  /// - Returns: What was read and what became of it.
  public func write() throws(EntraSyncError) -> Report {
    let mayChange = acceptsChange
    acceptsChange = false
    guard let path else { throw List.noPath }
    var report = try fetch()
    let guards = mayChange ? [] : feeds.map(\.client.configuration.changeGuard)
    do {
      try replace(path, guards: guards, report: &report)
    } catch {
      lines = LineSet()
      throw error
    }
    return report
  }

  /// Makes the list's file empty on purpose.
  ///
  /// - Throws: `.file`; the file is as it was then.
  /// - Returns: What became of the file.
  public func clear() throws(EntraSyncError) -> Report {
    lines = LineSet()
    guard let path else { throw List.noPath }
    let began = Clock.monotonic
    var report = Report()
    try replace(path, guards: [], report: &report)
    report.seconds = Clock.monotonic - began
    return report
  }

  private func replace(
    _ path: Path, guards: [ChangeGuard], report: inout Report
  ) throws(EntraSyncError) {
    let lines = lines
    var change = ListChange(before: 0, after: 0, added: 0, removed: 0)
    report.isChanged = try ListFile(path).replace { (old) throws(EntraSyncError) in
      change = lines.change(from: LineSet(fileContent: old))
      for changeGuard in guards {
        if let objection = changeGuard.objection(to: change) {
          throw EntraSyncError(
            .changeGuard,
            "the list was left as it is: \(objection); check the group in Entra ID, and accept the "
              + "change once if it is right"
          ).about(path.text)
        }
      }
      return lines.fileContent
    }
    report.added = change.added
    report.removed = change.removed
  }

  private static var noPath: EntraSyncError {
    EntraSyncError(.invalidArgument, "the list has no file; give it a path when it is created")
  }
}
