/// Which release this is; `include/entrasync.h` says the same, and a test compares the two.
public enum Release {
  /// `MAJOR.MINOR.PATCH`.
  public static let version: StaticString = "0.1.0"
  /// 10000 * MAJOR + 100 * MINOR + PATCH.
  public static let number: UInt32 = 100
}
