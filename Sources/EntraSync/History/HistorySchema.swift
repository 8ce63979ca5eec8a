/// The tables in which runs are remembered, and the questions that are asked of them.
///
/// Source: SQLite, "Database File Format" and "PRAGMA Statements".
public enum HistorySchema {
  /// The name of the file in STATEDIR.
  public static let fileName = "history.sqlite"
  /// What tells the file from other databases: `ents`, in SQLite's `application_id`.
  public static let applicationID: Int64 = 0x656E_7473
  /// The version of the tables, in SQLite's `user_version`.
  public static let version: Int64 = 2
  /// How long a run is remembered, in days.
  public static let lifetime = 400

  /// What makes the tables in an empty database.
  ///
  /// Texts that come again in each run are kept once, so that a run takes some hundred bytes.
  public static let creation =
    "PRAGMA application_id = \(applicationID);\n" + upgrades.joined(separator: "\n")

  /// What makes the tables of each version out of those of the one before, the first one out of
  /// nothing.
  public static let upgrades = [
    """
    PRAGMA user_version = 1;
    CREATE TABLE text (
      id INTEGER PRIMARY KEY,
      value TEXT NOT NULL UNIQUE
    );
    CREATE TABLE run (
      id INTEGER PRIMARY KEY,
      list INTEGER NOT NULL REFERENCES text,
      began INTEGER NOT NULL,
      milliseconds INTEGER NOT NULL,
      outcome INTEGER NOT NULL,
      status INTEGER NOT NULL,
      message INTEGER NOT NULL REFERENCES text,
      lines_before INTEGER NOT NULL,
      lines_after INTEGER NOT NULL,
      added INTEGER NOT NULL,
      removed INTEGER NOT NULL,
      fetched INTEGER NOT NULL,
      excluded INTEGER NOT NULL,
      disputed INTEGER NOT NULL,
      requests INTEGER NOT NULL
    );
    CREATE INDEX run_of_list ON run (list);
    CREATE TABLE configuration (
      run INTEGER NOT NULL REFERENCES run,
      place INTEGER NOT NULL,
      path INTEGER NOT NULL REFERENCES text,
      PRIMARY KEY (run, place)
    ) WITHOUT ROWID;
    CREATE TABLE group_people (
      run INTEGER NOT NULL REFERENCES run,
      place INTEGER NOT NULL,
      id INTEGER NOT NULL REFERENCES text,
      is_excluded INTEGER NOT NULL,
      people INTEGER NOT NULL,
      PRIMARY KEY (run, place)
    ) WITHOUT ROWID;
    CREATE TABLE left_out (
      run INTEGER NOT NULL REFERENCES run,
      place INTEGER NOT NULL,
      reason INTEGER NOT NULL REFERENCES text,
      count INTEGER NOT NULL,
      PRIMARY KEY (run, place)
    ) WITHOUT ROWID;
    """,
    """
    PRAGMA user_version = 2;
    CREATE TABLE content (
      list INTEGER PRIMARY KEY REFERENCES text,
      digest TEXT NOT NULL
    );
    CREATE TABLE notice (
      subject INTEGER NOT NULL REFERENCES text,
      kind INTEGER NOT NULL REFERENCES text,
      since INTEGER NOT NULL,
      seen INTEGER NOT NULL,
      said INTEGER NOT NULL,
      value INTEGER NOT NULL,
      PRIMARY KEY (subject, kind)
    ) WITHOUT ROWID;
    """,
  ]

  /// The tables of what a run has several of.
  public static let parts = ["configuration", "group_people", "left_out"]
  /// Runs of a list from a time on, the latest first: list, time, how many.
  public static let runs = """
    SELECT run.id, began, milliseconds, outcome, status, message.value, lines_before, lines_after,
      added, removed, fetched, excluded, disputed, requests
    FROM run JOIN text AS list ON list.id = run.list
      JOIN text AS message ON message.id = run.message
    WHERE list.value = ?1 AND began >= ?2 ORDER BY run.id DESC LIMIT ?3
    """
  /// Adds a run: list, then its figures in the order of the table.
  public static let addRun = """
    INSERT INTO run (list, began, milliseconds, outcome, status, message, lines_before, lines_after,
      added, removed, fetched, excluded, disputed, requests)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
    """
  /// Adds a text, unless it is there.
  public static let addText = "INSERT OR IGNORE INTO text (value) VALUES (?1)"
  /// The id of a text.
  public static let textID = "SELECT id FROM text WHERE value = ?1"
  /// Adds a configuration of a run: run, place, path.
  public static let addConfiguration = "INSERT INTO configuration VALUES (?1, ?2, ?3)"
  /// Adds a group of a run: run, place, id, whether it is excluded, people.
  public static let addGroup = "INSERT INTO group_people VALUES (?1, ?2, ?3, ?4, ?5)"
  /// Adds a reason of a run: run, place, reason, how many.
  public static let addLeftOut = "INSERT INTO left_out VALUES (?1, ?2, ?3, ?4)"
  /// The configurations of a run.
  public static let configurations = """
    SELECT value FROM configuration JOIN text ON text.id = path WHERE run = ?1 ORDER BY place
    """
  /// The groups of a run.
  public static let groups = """
    SELECT value, is_excluded, people FROM group_people JOIN text ON text.id = group_people.id
    WHERE run = ?1 ORDER BY place
    """
  /// The reasons of a run.
  public static let leftOut = """
    SELECT value, count FROM left_out JOIN text ON text.id = reason WHERE run = ?1 ORDER BY place
    """
  /// How many reasons of a run are kept.
  public static let mostReasons = 50
  /// The last run of a list that went well and read groups.
  public static let lastReading = """
    SELECT id FROM run WHERE list = ?1 AND status = \(Status.ok.rawValue)
      AND EXISTS (SELECT 1 FROM group_people WHERE group_people.run = run.id)
    ORDER BY id DESC LIMIT 1
    """
  /// The digest of what the last run that went well left in a list.
  public static let digest = "SELECT digest FROM content WHERE list = ?1"
  /// Keeps that digest: list, digest.
  public static let keepDigest = "INSERT OR REPLACE INTO content VALUES (?1, ?2)"
  /// The notices of a subject: the subject's text.
  public static let notices = """
    SELECT kind.value, since, seen, said, notice.value FROM notice
      JOIN text AS subject ON subject.id = notice.subject JOIN text AS kind ON kind.id = notice.kind
    WHERE subject.value = ?1 ORDER BY kind.value
    """
  /// Keeps a notice: subject, kind, since, seen, said, value.
  public static let keepNotice = "INSERT OR REPLACE INTO notice VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
  /// Forgets a notice: subject, kind.
  public static let forgetNotice = "DELETE FROM notice WHERE subject = ?1 AND kind = ?2"
  /// When the run that a list had last began.
  public static let lastTime = "SELECT began FROM run WHERE list = ?1 ORDER BY id DESC LIMIT 1"
  /// How many runs began before a time. They are looked for among the oldest alone.
  public static let countOld = """
    SELECT count(*) FROM (SELECT began FROM run ORDER BY id LIMIT \(mostOld)) WHERE began < ?1
    """
  /// How many runs may be older than ``lifetime`` before they are removed, all at once.
  public static let mostOld: Int64 = 24
  /// Removes all runs that began before a time, and the texts that no run has any more.
  public static let removals =
    parts.map { "DELETE FROM \($0) WHERE run IN (SELECT id FROM run WHERE began < ?1)" }
    + [
      "DELETE FROM run WHERE began < ?1",
      "DELETE FROM content WHERE ?1 IS NOT NULL AND list NOT IN (SELECT list FROM run)",
      """
      DELETE FROM text WHERE ?1 IS NOT NULL AND id NOT IN (
        SELECT list FROM run UNION SELECT message FROM run UNION SELECT path FROM configuration
        UNION SELECT id FROM group_people UNION SELECT reason FROM left_out
        UNION SELECT list FROM content UNION SELECT subject FROM notice
        UNION SELECT kind FROM notice)
      """,
    ]
  /// How long a message is kept at most, in characters.
  public static let longestMessage = 1000
}
