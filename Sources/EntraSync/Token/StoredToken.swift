/// A token that one process keeps for the next, and whether the next may use it.
///
/// It is a short text:
///
/// ```
/// entrasync-token 1
/// binding 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
/// boot ef80bf15-27a0-4f62-bbdb-d5266bf2ea7c
/// begin 1790000000 51234
/// life 3599 3299
/// eyJ0eXAi…
/// ```
///
/// `begin` is when the token was asked for, in seconds since 1970 and on the clock of that `boot`;
/// `life` is how long it lives and at which age a new one is better.
///
/// The token's age is the greater one of the ages by the two clocks. So neither a calendar that is
/// set back lengthens its life, nor a suspended machine, whose other clock stood still. After
/// another start of the system there would only be the calendar, and the token is not used.
public struct StoredToken: Sendable {
  /// The most bytes that a record may have; Entra ID's tokens have two or three thousand.
  public static let largest = 65_536
  private static let title = "entrasync-token 1"

  /// The token.
  public let value: Secret
  private let binding: String
  private let boot: String
  private let wall: Int
  private let monotonic: Int
  private let lifetime: Int
  private let renewalAge: Int

  /// Creates a record of a token. Times are rounded so that it seems older than it is.
  ///
  /// - Parameters:
  ///   - token: The token.
  ///   - binding: What it may be used for.
  ///   - now: The time.
  public init(_ token: Token, binding: TokenBinding, now: Moment) {
    value = token.value
    self.binding = binding.text
    boot = now.boot
    wall = StoredToken.whole(now.wall - (now.monotonic - token.begin))
    monotonic = StoredToken.whole(token.begin)
    lifetime = StoredToken.whole(token.lifetime)
    renewalAge = StoredToken.whole(token.renewalAge)
  }

  /// Reads a record; `nil` for anything but a whole one.
  ///
  /// - Parameter content: The file's bytes.
  public init?(_ content: Secret) {
    guard
      let stored = content.withBytes({ bytes -> StoredToken? in
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count == 7, lines[6].isEmpty, Token.isWellFormed(lines[5]) else { return nil }
        return StoredToken(
          head: lines[..<5].map { String(decoding: $0, as: UTF8.self) }, value: Secret(lines[5]))
      })
    else { return nil }
    self = stored
  }

  private init?(head: [String], value: Secret) {
    func words(_ line: Int, after key: String, count: Int) -> [String]? {
      let words = head[line].split(separator: " ", omittingEmptySubsequences: false).map(
        String.init)
      return words.first == key && words.count == count + 1 ? Array(words.dropFirst()) : nil
    }
    func numbers(_ line: Int, after key: String) -> (Int, Int)? {
      guard let words = words(line, after: key, count: 2), let first = Int(words[0]),
        let second = Int(words[1]), min(first, second) >= 0
      else { return nil }
      return (first, second)
    }
    guard head[0] == StoredToken.title, let binding = words(1, after: "binding", count: 1),
      let boot = words(2, after: "boot", count: 1), let begin = numbers(3, after: "begin"),
      let life = numbers(4, after: "life")
    else { return nil }
    self.value = value
    self.binding = binding[0]
    self.boot = boot[0]
    (wall, monotonic) = begin
    (lifetime, renewalAge) = life
  }

  /// The bytes of the record, which hold the token.
  public var content: Secret {
    let head = """
      \(StoredToken.title)
      binding \(binding)
      boot \(boot)
      begin \(wall) \(monotonic)
      life \(lifetime) \(renewalAge)

      """
    return value.withBytes { token in
      Secret([AnyCollection(head.utf8), AnyCollection(token), AnyCollection("\n".utf8)].joined())
    }
  }

  /// The token, if it may be used.
  ///
  /// - Parameters:
  ///   - binding: What it is to be used for.
  ///   - now: The time.
  /// - Returns: The token, with times on this process's clock. `nil` for a token that has another
  ///   binding, is at its end, began in the future or before the system started, or has an
  ///   impossible lifetime.
  public func token(for binding: TokenBinding, now: Moment) -> Token? {
    guard self.binding == binding.text, boot == now.boot,
      (1...Token.longestLifetime).contains(lifetime), renewalAge <= lifetime
    else { return nil }
    let ages = [now.wall - Double(wall), now.monotonic - Double(monotonic)]
    guard let youngest = ages.min(), let oldest = ages.max(), youngest >= 0 else { return nil }
    let token = Token(
      value: value, begin: now.monotonic - oldest, lifetime: Double(lifetime),
      renewalAge: Double(renewalAge))
    return token.isGood(at: now.monotonic) ? token : nil
  }

  /// A time without its fraction, within bounds that no clock leaves.
  private static func whole(_ seconds: Double) -> Int {
    Int(max(0, min(seconds.isNaN ? 0 : seconds, 1e11)))
  }
}
