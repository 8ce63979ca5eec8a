/// One moment, as a process can tell it to another: on the calendar, and since the system started.
///
/// The calendar's clock may be set at any time; the other one is not, but begins again with each
/// start of the system.
public struct Moment: Equatable, Sendable {
  /// Seconds since 1970.
  public var wall: Double
  /// Seconds on a clock that never goes back, and is the same one for all processes.
  public var monotonic: Double
  /// Which start of the system that clock counts from: a word that no other start has.
  public var boot: String

  /// States what the clocks say.
  public init(wall: Double, monotonic: Double, boot: String) {
    self.wall = wall
    self.monotonic = monotonic
    self.boot = boot
  }
}
