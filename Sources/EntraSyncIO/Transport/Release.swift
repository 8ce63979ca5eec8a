/// Which release this is; `include/entrasync.h` says the same, and a test compares the two.
public enum Release {
  /// `MAJOR.MINOR.PATCH`.
  public static let version: StaticString = "1.0.0"
}
