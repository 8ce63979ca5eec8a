/// What a person was told of something that lasts: a trouble, or a credential that ends.
public struct Notice: Equatable, Sendable {
  /// What it is about, such as the path of a list, or a tenant and an application.
  public var subject: String
  /// Its kind, such as `credential-end`.
  public var kind: String
  /// When it began, in seconds since 1970.
  public var since: Int64
  /// When it was met last, in seconds since 1970.
  public var seen: Int64
  /// When a person was told of it last, in seconds since 1970; 0 if nobody was.
  public var said: Int64
  /// A number that belongs to it, such as the time at which a credential ends; 0 if there is none.
  public var value: Int64

  /// Creates a notice from its parts.
  public init(
    subject: String, kind: String, since: Int64, seen: Int64 = 0, said: Int64 = 0, value: Int64 = 0
  ) {
    self.subject = subject
    self.kind = kind
    self.since = since
    self.seen = seen
    self.said = said
    self.value = value
  }
}
