import Testing

@testable import EntraSync

@Suite("The end of a credential")
struct CredentialEndTests {
  static let day = 86_400.0
  static let hour = 3_600.0
  static let time = 1_806_501_909.0  // 2027-03-31 14:05:09

  /// Days before the end, days since it was last said, and whether it is due.
  static let cases: [(left: Double, since: Double?, isDue: Bool)] = [
    (30, nil, false), (29.9, nil, true), (365, nil, false), (365, 400, false),
    (29, 1, false), (20, 6, false), (20, 7, true), (20, 20, true),
    (6.9, nil, true), (6.9, 0.5, false), (6.9, 1, true), (5, 2, true), (0.1, 1, true),
    (0.1, 0.9, false), (0, 1, true), (-5, 0.9, false), (-5, 1, true), (-400, 1, true),
    // The clock was set back since.
    (20, -1, true),
  ]

  @Test(
    "A person is told weekly in the last 30 days, and daily in the last 7 and after the end",
    arguments: cases)
  func isDue(left: Double, since: Double?, isDue: Bool) {
    let end = CredentialEnd(Self.time, from: .certificate)
    let now = Self.time - left * Self.day
    #expect(end.isDue(at: now, lastSaid: since.map { now - $0 * Self.day }) == isDue)
  }

  @Test(
    "Runs that begin at about the same time of each day say it on each of the last 7 days",
    arguments: [1.0, 24.0], [-900.0, 0, 900])
  func saysItDaily(everyHours hours: Double, jitter: Double) {
    let end = CredentialEnd(Self.time, from: .configuration)
    var lastSaid: Double?
    var count = 0
    var number = 0
    var now = Self.time - 40 * Self.day
    while now < Self.time {
      let begins = now + (number % 2 == 0 ? jitter : 0)
      if end.isDue(at: begins, lastSaid: lastSaid) {
        lastSaid = begins
        count += 1
      }
      number += 1
      now += hours * Self.hour
    }
    // Weekly: on days 30, 23, 16 and 9. Daily: the last 7 days.
    #expect((10...12).contains(count), "\(count)")
  }

  @Test(
    "A cron that is told of troubles once a day passes each reminder on, and never says it is over",
    arguments: [1.0, 24.0])
  func passesQuietCron(everyHours hours: Double) throws {
    let end = CredentialEnd(Self.time, from: .graph)
    let configuration = try Sample.configuration()
    var (lastSaid, known): (Double?, [Notice]) = (nil, [])
    var (reminders, told) = (0, 0)
    var now = Self.time - 40 * Self.day
    while now < Self.time {
      var troubles: [Trouble] = []
      if end.isDue(at: now, lastSaid: lastSaid) {
        lastSaid = now
        reminders += 1
        troubles = [Trouble(isFailure: false, text: end.text(at: now, of: configuration))]
      }
      let course = TroubleCourse(of: troubles, subject: "list", knowing: known, at: Int64(now))
      told += course.news.count { $0.kind != .ends }
      #expect(!course.news.contains { $0.kind == .ends })
      known = course.kept
      now += hours * Self.hour
    }
    #expect(reminders == told)
    #expect(reminders >= 10)
  }

  private func text(
    _ source: CredentialEnd.Source, daysLeft: Double, _ lines: [String] = []
  ) throws -> String {
    let text = Sample.text(adding: lines)
    let configuration = try Configuration(Array(text.utf8), path: Sample.path)
    return CredentialEnd(Self.time, from: source)
      .text(at: Self.time - daysLeft * Self.day, of: configuration)
  }

  @Test("Before the end of a client secret the text says when, and what to do")
  func saysWhen() throws {
    let subject = "the client secret of CLIENTSECRET (line 3) ends on "
    let advice =
      "; make a new one in Entra ID, and put its Value into NEXTCLIENTSECRET"
    #expect(
      try text(.configuration, daysLeft: 12.5) == "\(subject)2027-03-31 (days left: 12)\(advice)")
    #expect(
      try text(.graph, daysLeft: 1.2) == "\(subject)2027-03-31 14:05 UTC (days left: 1)\(advice)")
    #expect(
      try text(.graphAtTheEarliest, daysLeft: 0.5)
        == "\(subject)2027-03-31 14:05 UTC at the earliest (days left: 0)\(advice)")
  }

  @Test(
    "After the end of a client secret the text says that it has ended, or that the date is wrong")
  func saysOver() throws {
    #expect(
      try text(.configuration, daysLeft: -1, ["SECRETEXPIRES = 2027-03-31"])
        == "SECRETEXPIRES (line 5) says that the client secret ended on 2027-03-31; make a new one "
        + "in Entra ID, or correct the date")
    #expect(
      try text(.graph, daysLeft: 0)
        == "the client secret of CLIENTSECRET (line 3) ended on 2027-03-31 14:05 UTC; make a new one "
        + "in Entra ID, and put its Value into the place of the old one")
  }

  @Test("The text of a certificate's end says when, and what to do")
  func saysCertificate() throws {
    let configuration = try CertificateTests.configuration()
    #expect(
      CredentialEnd(Self.time, from: .certificate).text(at: 0, of: configuration)
        == "the certificate of CLIENTCERTIFICATE (line 4) expires on 2027-03-31 14:05 UTC; make a "
        + "new one and upload it to the application in Entra ID")
  }

  @Test("The end of the next client secret is one for CLIENTSECRET")
  func namesNext() throws {
    let configuration = try Sample.configuration(adding: "NEXTCLIENTSECRET = second")
    let next = try #require(configuration.succeeding)
    #expect(
      CredentialEnd(Self.time, from: .graph).text(at: Self.time - Self.day, of: next)
        == "the client secret of NEXTCLIENTSECRET (line 5) ends on 2027-03-31 14:05 UTC (days left: 1); "
        + "make a new one in Entra ID, and put its Value into CLIENTSECRET")
  }
}
