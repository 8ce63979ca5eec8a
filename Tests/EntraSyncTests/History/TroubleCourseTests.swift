import Testing

@testable import EntraSync

@Suite("What cron is told of troubles that last")
struct TroubleCourseTests {
  private static let start: Int64 = 1_700_000_000

  /// What is told in each hour of which the letter says what the run met: `F` and `f` are two
  /// failures, `w` is a warning, `.` is nothing, and `-` is no run.
  private func told(_ hours: String) -> [String] {
    var known: [String: Notice] = [:]
    var told: [String] = []
    for (hour, letter) in hours.enumerated() {
      let now = Self.start + Int64(hour) * 3600
      let troubles: [Trouble] =
        switch letter {
        case "F": [Trouble(isFailure: true, text: "outage")]
        case "f": [Trouble(isFailure: true, text: "permission")]
        case "g": [Trouble(isFailure: true, text: "guard")]
        case "w": [Trouble(isFailure: false, text: "\(hour) people of \"x\(hour)\"")]
        default: []
        }
      if letter == "-" { continue }
      let course = TroubleCourse(
        of: troubles, subject: "list", knowing: Array(known.values), at: now)
      for notice in course.kept { known[notice.kind] = notice }
      for kind in course.forgotten { known[kind] = nil }
      for news in course.news {
        let since = (news.since - Self.start) / 3600
        let end = news.end == 0 ? "" : "-\((news.end - Self.start) / 3600)"
        told.append("\(hour): \(news.trouble.isFailure ? "" : "w ")\(news.kind) \(since)\(end)")
      }
    }
    #expect(known.count < 3)
    return told
  }

  private func hours(_ letters: (String, Int)...) -> String {
    letters.map { String(repeating: $0.0, count: $0.1) }.joined()
  }

  @Test("A failure is told when it begins, once a day while it lasts, and when it is over")
  func tellsFailure() {
    #expect(told("..F..") == ["2: begins 2", "3: ends 2-3"])
    #expect(
      told(hours((".", 1), ("F", 60), (".", 40)))
        == ["1: begins 1", "25: lasts 1", "49: lasts 1", "61: ends 1-61"])
  }

  @Test("Another kind of failure is told, and the first one is over then")
  func tellsKinds() {
    #expect(told("FFfff.") == ["0: begins 0", "2: begins 2", "2: ends 0-2", "5: ends 2-5"])
  }

  @Test("A failure that comes and goes is told to be back once, and to be over after six hours")
  func tellsUnsteadyFailure() {
    #expect(
      told("F.F.F.F.F........")
        == ["0: begins 0", "1: ends 0-1", "2: returns 0", "15: ends 0-9"])
    #expect(told(hours(("F.", 14), (".", 5))).contains("26: lasts 0"))
    #expect(told(hours(("F.", 14), (".", 5))).count == 4)
  }

  @Test("Each stop of the guard is told, since each one waits for a person")
  func tellsEachStop() {
    #expect(
      told("g.g.gg.") == [
        "0: begins 0", "1: ends 0-1", "2: begins 2", "3: ends 2-3", "4: begins 4", "6: ends 4-6",
      ])
  }

  @Test("A failure that is back after a day is a new one")
  func beginsAnew() {
    #expect(
      told(hours(("F", 1), (".", 25), ("F", 1)))
        == ["0: begins 0", "1: ends 0-1", "26: begins 26"])
  }

  @Test("A failure that was not met for two days is a new one, and one that is over is told")
  func survivesPause() {
    #expect(told(hours(("F", 1), ("-", 60), ("F", 1))) == ["0: begins 0", "61: begins 61"])
    #expect(told(hours(("F", 1), ("-", 60), (".", 1))) == ["0: begins 0", "61: ends 0-61"])
    // With a run a day it is told every day.
    #expect(
      told(hours(("F", 1), ("-", 23), ("F", 1), ("-", 23), (".", 1)))
        == ["0: begins 0", "24: lasts 0", "48: ends 0-48"])
  }

  @Test("A warning that comes once a day is told every day, and is not over in between")
  func tellsDailyWarning() {
    let day = hours(("w", 1), (".", 23))
    let news = told(day + day + day + day)
    #expect(news.map { $0.split(separator: ":")[0] } == ["0", "24", "48", "72"])
    #expect(!news.contains { $0.contains("ends") })
  }

  @Test("A warning that has lasted is told to be over")
  func tellsLastingWarning() {
    #expect(told("ww.") == ["0: w begins 0", "2: w ends 0-2"])
    #expect(told("w..") == ["0: w begins 0"])
    // A run that fails does not know.
    #expect(told("wwFww.") == ["0: w begins 0", "2: begins 2", "3: ends 2-3", "5: w ends 0-5"])
  }

  @Test(
    "All warnings of a kind that is told are told, and their kind leaves out quotes and numbers")
  func tellsAllOfAKind() {
    let troubles = [
      Trouble(isFailure: false, text: "12 more addresses belong to several people"),
      Trouble(isFailure: false, text: "3 more addresses belong to several people"),
      Trouble(
        isFailure: false, text: "\"a@example.com\" and 00000000-0000-4000-8000-000000000001,"),
      Trouble(isFailure: false, text: "/a/conf1.entraidconf: the secret ends on 2026-12-01 (5)"),
      Trouble(isFailure: false, text: "/a/conf2.entraidconf: the secret ends on 2026-12-01 (5)"),
    ]
    #expect(troubles[0].kind == "warning … more addresses belong to several people")
    #expect(troubles[2].kind == "warning … and 00000000-0000-4000-8000-000000000001,")
    #expect(troubles[3].kind == "warning /a/conf1.entraidconf: the secret ends on …-…-… (…)")
    let course = TroubleCourse(of: troubles, subject: "list", knowing: [], at: 5)
    #expect(course.news.map(\.trouble) == troubles)
    #expect(course.kept.count == 4)
  }

  @Test("Other notices are left alone, and a wrong clock or strange numbers do no harm")
  func survivesStrangeNotices() {
    let other = Notice(subject: "list", kind: "credential-end", since: 1)
    let failure = Trouble(isFailure: true, text: "outage")
    let course = TroubleCourse(of: [failure], subject: "list", knowing: [other], at: 9)
    #expect(course.forgotten.isEmpty && course.kept.map(\.kind) == ["failure outage"])
    for number in [Int64.min, -1, 0, 1, 8, 10, .max] {
      for troubles in [[], [failure]] {
        let notice = Notice(
          subject: "list", kind: "failure outage", since: number, seen: number, said: number,
          value: number)
        let course = TroubleCourse(of: troubles, subject: "list", knowing: [notice], at: 9)
        #expect(course.news.count < 2)
      }
    }
    // What a clock that was ahead has put into the future hides nothing.
    let future = Notice(
      subject: "list", kind: "failure outage", since: 99, seen: 99, said: 99)
    #expect(
      TroubleCourse(of: [failure], subject: "list", knowing: [future], at: 9).news.map(\.kind)
        == [.begins])
  }
}
