import EntraSync

extension RunHistory {
  /// The notices of a subject.
  ///
  /// - Throws: ``Problem`` for a history that cannot be read.
  func notices(of subject: String) throws(Problem) -> [Notice] {
    return try opened(creating: false) { (database) throws(Database.Fault) in
      try database.rows(of: HistorySchema.notices, .text(subject)).map {
        Notice(
          subject: subject, kind: $0[0].text, since: $0[1].number, said: $0[2].number,
          value: $0[3].number)
      }
    }.0 ?? []
  }

  /// Keeps a notice, in place of an earlier one of the same subject and kind.
  ///
  /// - Throws: ``Problem`` for a history that cannot be written.
  func keep(_ notice: Notice) throws(Problem) {
    _ = try opened(creating: true) { (database) throws(Database.Fault) in
      try database.rows(
        of: HistorySchema.keepNotice, try RunHistory.id(of: notice.subject, in: database),
        try RunHistory.id(of: notice.kind, in: database), .number(notice.since),
        .number(notice.said), .number(notice.value))
    }
  }

  /// Forgets the notice of a subject and kind.
  ///
  /// - Throws: ``Problem`` for a history that cannot be written.
  func forget(_ kind: String, of subject: String) throws(Problem) {
    _ = try opened(creating: false) { (database) throws(Database.Fault) in
      try database.rows(
        of: HistorySchema.forgetNotice, try RunHistory.id(of: subject, in: database),
        try RunHistory.id(of: kind, in: database))
    }
  }
}
