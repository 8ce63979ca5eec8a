import Testing

@testable import EntraSync

@Suite struct StoredTokenTests {
  static let binding = TokenBinding([UInt8](repeating: 0x5A, count: 32))
  static let boot = "ef80bf15-27a0-4f62-bbdb-d5266bf2ea7c"
  /// When the token was asked for.
  static let begin = Moment(wall: 1_790_000_000, monotonic: 5000, boot: boot)

  /// That moment, and so many seconds on each clock.
  static func moment(
    wall: Double = 0, monotonic: Double = 0, boot: String = boot
  ) -> Moment {
    Moment(wall: begin.wall + wall, monotonic: begin.monotonic + monotonic, boot: boot)
  }

  static func stored(
    lifetime: Int = 3600, renewal: Int? = nil, now: Moment = begin
  ) throws -> StoredToken {
    let token = try TokenStateTests.token(
      lifetime: lifetime, renewal: renewal, now: begin.monotonic)
    return StoredToken(token, binding: binding, now: now)
  }

  static func text(_ secret: Secret) -> String {
    secret.withBytes { String(decoding: $0, as: UTF8.self) }
  }

  static let record = """
    entrasync-token 1
    binding \(String(repeating: "5a", count: 32))
    boot \(boot)
    begin 1790000000 5000
    life 3600 3300
    eyJ.made-up

    """

  /// What a record is worth at one moment: the token's age, or `nil`.
  static func age(_ record: String, at now: Moment) -> Double? {
    StoredToken(Secret(record.utf8))?.token(for: binding, now: now).map {
      now.monotonic - $0.begin
    }
  }

  @Test("A stored token is a short text")
  func writes() throws {
    #expect(Self.text(try Self.stored().content) == Self.record)
  }

  @Test(
    "A stored token is dated by when it was asked for, however late it is stored, and rounded down")
  func datesBack() throws {
    let later = Self.moment(wall: 20.75, monotonic: 20.5)
    #expect(Self.text(try Self.stored(now: later).content) == Self.record)
    let earlier = Self.moment(wall: 19.75, monotonic: 20.5)
    let expected = Self.record.replacing("1790000000", with: "1789999999")
    #expect(Self.text(try Self.stored(now: earlier).content) == expected)
  }

  @Test(
    "A stored token is read back with all its figures",
    arguments: [(3600, nil), (86_400, 43_200), (3599, 1799), (1, nil)] as [(Int, Int?)])
  func readsBack(lifetime: Int, renewal: Int?) throws {
    let stored = try Self.stored(lifetime: lifetime, renewal: renewal)
    let read = try #require(StoredToken(stored.content))
    let now = Self.moment(wall: 0.25, monotonic: 0.25)
    let token = try #require(read.token(for: Self.binding, now: now))
    let own = try TokenStateTests.token(
      lifetime: lifetime, renewal: renewal, now: Self.begin.monotonic)
    #expect(token.value.isEqual(to: own.value))
    #expect(token.expires == own.expires)
    for age in [0.0, 1000, 1799, 1800, 3298, 3299, 3300, 43_199, 43_200, 86_099, 86_100] {
      #expect(token.isGood(at: 5000 + age) == own.isGood(at: 5000 + age))
      let isRenewable = own.isRenewable(at: 5000 + age)
      #expect(token.isRenewable(at: 5000 + age) == isRenewable)
    }
  }

  @Test(
    "A stored token has the greater of its two ages, and is not used where a clock went back",
    arguments: [
      (0, 0, 0), (100, 100, 100), (3299, 3299, 3299), (3300, 3300, nil), (3600, 3600, nil),
      // The calendar was set back, or forward.
      (100, 3000, 3000), (100, 3300, nil), (3299, 5, 3299), (3300, 5, nil), (1e9, 5, nil),
      (-1, 100, nil), (-0.5, 0, nil), (-1e9, 100, nil),
      // No clock of one start of the system goes back; one of a container may be another.
      (100, -1, nil), (100, -5000, nil),
    ] as [(Double, Double, Double?)])
  func ages(wall: Double, monotonic: Double, age: Double?) {
    #expect(Self.age(Self.record, at: Self.moment(wall: wall, monotonic: monotonic)) == age)
  }

  @Test("A stored token is not used after another start of the system")
  func endsWithBoot() {
    let other = "00000000-27a0-4f62-bbdb-d5266bf2ea7c"
    let now = Self.moment(wall: 10, monotonic: 10, boot: other)
    #expect(Self.age(Self.record, at: now) == nil)
    #expect(Self.age(Self.record.replacing(Self.boot, with: other), at: now) == 10)
  }

  @Test("A stored token is not used for another binding")
  func isBound() throws {
    let stored = try Self.stored()
    let other = TokenBinding([UInt8](repeating: 0x5A, count: 31) + [0x5B])
    #expect(stored.token(for: Self.binding, now: Self.begin) != nil)
    #expect(stored.token(for: other, now: Self.begin) == nil)
  }

  @Test(
    "A stored token with an impossible lifetime is not used",
    arguments: [
      ("0 0", false), ("1 0", true), ("90000 45000", true), ("90001 45000", false),
      ("9223372036854775807 1", false), ("9223372036854775808 1", false), ("-1 0", false),
      ("3600 -1", false), ("3600 3601", false), ("3600 0", true),
    ])
  func boundsLife(life: String, isGood: Bool) {
    let record = Self.record.replacing("3600 3300", with: life)
    #expect((Self.age(record, at: Self.begin) != nil) == isGood)
  }

  @Test("No stored token can make every request sign in")
  func boundsRenewal() throws {
    let record = Self.record.replacing("3600 3300", with: "3600 0")
    let token = try #require(
      StoredToken(Secret(record.utf8))?.token(for: Self.binding, now: Self.begin))
    #expect(!token.isRenewable(at: 5000 + 1799))
    #expect(token.isRenewable(at: 5000 + 1800))
  }

  @Test("A stored token that is cut anywhere is refused")
  func refusesPieces() {
    for length in 0..<Self.record.utf8.count {
      #expect(StoredToken(Secret(Self.record.utf8.prefix(length))) == nil, "\(length) bytes")
    }
  }

  @Test(
    "A stored token that is garbled is refused",
    arguments: [
      ("token 1", "token 2"), ("binding ", "binding  "), ("boot ", "boot: "), ("\n", "\r\n"),
      ("begin 1790000000 5000", "begin 1790000000"), ("begin 1790000000", "begin 1e9"),
      ("begin 1790000000", "begin -1790000000"), ("begin ", "begin 1 "),
      ("5000", "99999999999999999999"),
      ("life", "lives"), ("3600 3300", "3600.5 3300"), ("eyJ.made-up\n", "\n"),
      ("eyJ.made-up", "eyJ made-up"), ("eyJ.made-up", "eyJ.m\u{E4}de"),
      ("eyJ.made-up", "eyJ\u{7F}"),
      ("eyJ.made-up\n", "eyJ.made-up\n\n"), ("eyJ.made-up\n", "eyJ.made-up\nmore\n"),
      ("eyJ.made-up\n", "eyJ.made-up\nmore"),
      ("entrasync", "\u{FEFF}entrasync"),
    ])
  func refusesGarbled(old: String, new: String) {
    #expect(Self.record.contains(old))
    #expect(StoredToken(Secret(Self.record.replacing(old, with: new).utf8)) == nil)
  }

  @Test(
    "Arbitrary bytes are refused as a stored token",
    arguments: [[], [0], [10, 10, 10, 10, 10, 10], [0xFF]])
  func refusesBytes(bytes: [UInt8]) {
    #expect(StoredToken(Secret(bytes)) == nil)
  }

  @Test(
    "A stored token survives a clock that says nothing sensible",
    arguments: [Double.nan, .infinity, -1e300])
  func survivesClocks(wall: Double) throws {
    let odd = Moment(wall: wall, monotonic: 5000, boot: Self.boot)
    let stored = try Self.stored(now: odd)
    #expect(StoredToken(stored.content) != nil)
    _ = stored.token(for: Self.binding, now: odd)
  }
}
