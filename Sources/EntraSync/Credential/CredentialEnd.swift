/// When a credential ends, and what a person is told of that before it is too late.
///
/// Times are seconds since 1970.
public struct CredentialEnd: Equatable, Sendable {
  /// How the end is known.
  public enum Source: Equatable, Sendable {
    /// A certificate says it itself.
    case certificate
    /// The configuration says it, by SECRETEXPIRES.
    case configuration
    /// Graph says it.
    case graph
    /// Graph says it of several client secrets, of which this one ends first.
    case graphAtTheEarliest
  }

  /// How long before its end a person is first told of it: 30 days.
  public static let reminderTime = 2_592_000.0
  /// How long before its end it becomes urgent: 7 days.
  public static let urgentTime = 604_800.0
  /// How often a person is told of it before it is urgent: weekly.
  static let interval = 604_800.0
  /// How often a person is told of it once it is urgent: daily.
  static let urgentInterval = 86_400.0
  /// How much earlier than that it may be said again, so that an hourly or daily run that begins
  /// some minutes earlier than the last one does not let a day pass.
  static let slack = 1_800.0

  /// When the credential is no longer valid.
  public var time: Double
  /// How that is known.
  public var source: Source

  /// Creates an end.
  ///
  /// - Parameters:
  ///   - time: When the credential is no longer valid.
  ///   - source: How that is known.
  public init(_ time: Double, from source: Source) {
    self.time = time
    self.source = source
  }

  /// Whether it is so near that a person should know of it.
  public func isNear(at now: Double) -> Bool { time - now < CredentialEnd.reminderTime }

  /// Whether it is so near that a person has to act at once.
  public func isUrgent(at now: Double) -> Bool { time - now < CredentialEnd.urgentTime }

  /// Whether the credential has ended.
  public func isOver(at now: Double) -> Bool { now >= time }

  /// Decides whether a run tells a person of it: weekly in the last 30 days, daily in the last 7
  /// and after the end.
  ///
  /// - Parameters:
  ///   - now: The time.
  ///   - lastSaid: When a person was last told of it, `nil` if nobody was. A time to come counts as
  ///     if nobody was, since the clock has been set back.
  /// - Returns: Whether it is told now.
  public func isDue(at now: Double, lastSaid: Double?) -> Bool {
    guard isNear(at: now) else { return false }
    guard let lastSaid, lastSaid <= now else { return true }
    let interval = isUrgent(at: now) ? CredentialEnd.urgentInterval : CredentialEnd.interval
    return now - lastSaid >= interval - CredentialEnd.slack
  }

  /// What a person is told of it.
  ///
  /// - Parameters:
  ///   - now: The time.
  ///   - configuration: The configuration whose credential ends, and whose keys are named.
  /// - Returns: One sentence with what to do.
  public func text(at now: Double, of configuration: Configuration) -> String {
    let (noun, keys) = (configuration.credentialNoun, configuration.credentialKeys)
    switch source {
    case .certificate:
      return
        "\(noun) of \(keys) expires on \(day); make a new one and upload it to the application "
        + "in Entra ID"
    case .configuration where isOver(at: now):
      return
        "\(configuration.keyAndLine(.secretExpires)) says that \(noun) ended on \(day); make a "
        + "new one in Entra ID, or correct the date"
    case .graph where isOver(at: now), .graphAtTheEarliest where isOver(at: now):
      return
        "\(noun) of \(keys) ended on \(day); make a new one in Entra ID, and put its Value into "
        + "the place of the old one"
    case .configuration, .graph, .graphAtTheEarliest:
      let place = configuration.usesNext ? "CLIENTSECRET" : "NEXTCLIENTSECRET"
      return "\(noun) of \(keys) ends \(phrase(at: now)); make a new one in Entra ID, and put its "
        + "Value into \(place)"
    }
  }

  /// When it is, for the end of a sentence: `on 2027-03-31 (days left: 12)`.
  ///
  /// It has the same words on each day, so that cron takes it for the same trouble.
  public func phrase(at now: Double) -> String {
    let days = Int(max(0, min((time - now) / 86_400, 1e6)))
    let isCertain = source != .graphAtTheEarliest
    return "on \(day)" + (isCertain ? "" : " at the earliest") + " (days left: \(days))"
  }

  /// The day; with the time, where that is known.
  public var day: String {
    source == .configuration ? CalendarTime.day(time) : CalendarTime.text(time)
  }
}
