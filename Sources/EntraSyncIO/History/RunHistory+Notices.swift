import EntraSync

extension RunHistory {
  /// The notices of a subject.
  ///
  /// - Throws: ``Problem`` for a history that cannot be read.
  func notices(of subject: String) throws(Problem) -> [Notice] {
    return try opened(creating: false) { (database) throws(Database.Fault) in
      try RunHistory.notices(of: subject, in: database)
    }.0 ?? []
  }

  /// Keeps a notice, in place of an earlier one of the same subject and kind.
  ///
  /// - Throws: ``Problem`` for a history that cannot be written.
  func keep(_ notice: Notice) throws(Problem) {
    _ = try opened(creating: true) { (database) throws(Database.Fault) in
      try RunHistory.keep(notice, in: database)
    }
  }

  /// Forgets the notice of a subject and kind.
  ///
  /// - Throws: ``Problem`` for a history that cannot be written.
  func forget(_ kind: String, of subject: String) throws(Problem) {
    _ = try opened(creating: false) { (database) throws(Database.Fault) in
      try RunHistory.forget(kind, of: subject, in: database)
    }
  }

  /// Notes what troubles a subject now, for a program.
  ///
  /// - Parameters:
  ///   - troubles: What a run has met.
  ///   - subject: The list, or whatever it is about.
  ///   - list: The list, where its own runs are remembered; `nil` for the standard folder.
  /// - Throws: `.file` if it cannot be noted.
  /// - Returns: What a person has to be told, and whether it was noted. Everything is news where
  ///   nothing is remembered.
  public static func note(
    _ troubles: [Trouble], of subject: String, in list: List?
  ) throws(EntraSyncError) -> (news: [TroubleNews], isNoted: Bool) {
    let now = Int64(Clock.wall)
    let clients = list?.clients ?? []
    do throws(Problem) {
      guard let history = kept(for: clients) else {
        let all = TroubleCourse(of: troubles, subject: subject, knowing: [], at: now).news
        return (all + (try endElsewhere(subject, clients, at: now)), false)
      }
      let news = try history.note(troubles, of: subject, at: now)
      return (news + (try endElsewhere(subject, clients, at: now)), true)
    } catch {
      throw EntraSyncError(.file, error.text)
    }
  }

  /// Ends what was noted in the standard folder while the configurations, which name another one,
  /// could not be opened.
  private static func endElsewhere(
    _ subject: String, _ clients: [Client], at now: Int64
  ) throws(Problem) -> [TroubleNews] {
    guard !clients.isEmpty, let standard = standard(),
      kept(for: clients)?.folder.text != standard.folder.text,
      try !standard.notices(of: subject).isEmpty
    else { return [] }
    return try standard.note([], of: subject, at: now)
  }

  /// Notes what troubles a subject now.
  ///
  /// - Parameters:
  ///   - troubles: What a run has met.
  ///   - subject: The list, or whatever it is about.
  ///   - now: The time in seconds since 1970.
  /// - Throws: ``Problem`` for a history that cannot be written.
  /// - Returns: What a person has to be told.
  func note(
    _ troubles: [Trouble], of subject: String, at now: Int64
  ) throws(Problem) -> [TroubleNews] {
    return try opened(creating: true) { (database) throws(Database.Fault) in
      let known = try RunHistory.notices(of: subject, in: database)
      let course = TroubleCourse(of: troubles, subject: subject, knowing: known, at: now)
      for notice in course.kept { try RunHistory.keep(notice, in: database) }
      for kind in course.forgotten { try RunHistory.forget(kind, of: subject, in: database) }
      return course.news
    }.0 ?? []
  }

  private static func notices(
    of subject: String, in database: Database
  ) throws(Database.Fault) -> [Notice] {
    try database.rows(of: HistorySchema.notices, .text(subject)).map {
      Notice(
        subject: subject, kind: $0[0].text, since: $0[1].number, seen: $0[2].number,
        said: $0[3].number, value: $0[4].number)
    }
  }

  private static func keep(_ notice: Notice, in database: Database) throws(Database.Fault) {
    try database.rows(
      of: HistorySchema.keepNotice, try id(of: notice.subject, in: database),
      try id(of: notice.kind, in: database), .number(notice.since), .number(notice.seen),
      .number(notice.said), .number(notice.value))
  }

  private static func forget(
    _ kind: String, of subject: String, in database: Database
  ) throws(Database.Fault) {
    try database.rows(
      of: HistorySchema.forgetNotice, try id(of: subject, in: database),
      try id(of: kind, in: database))
  }
}
