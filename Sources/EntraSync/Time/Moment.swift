/// One moment on two clocks that all processes share: the calendar, and the time since the system
/// started.
///
/// The calendar may be set at any time. The other clock is never set, but begins again with each
/// start of the system.
public struct Moment: Equatable, Sendable {
  /// Seconds since 1970.
  public var wall: Double
  /// Seconds on a clock that never goes back.
  public var monotonic: Double
  /// The id of the start of the system that this clock counts from.
  public var boot: String

  /// Creates a moment from its parts.
  public init(wall: Double, monotonic: Double, boot: String) {
    self.wall = wall
    self.monotonic = monotonic
    self.boot = boot
  }
}
