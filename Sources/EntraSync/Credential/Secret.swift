/// Bytes that nobody may see, such as a client secret or a token.
///
/// It prints as `<secret>`, shows nothing to reflection, and is overwritten when it is released.
/// Copies that others make of it, such as libcurl's, are not overwritten by it.
public final class Secret: Sendable, CustomStringConvertible, CustomReflectable {
  private nonisolated(unsafe) let bytes: UnsafeMutableBufferPointer<UInt8>

  /// Takes a copy of the bytes.
  ///
  /// - Parameter source: The secret itself.
  public init(_ source: some Collection<UInt8>) {
    bytes = .allocate(capacity: source.count)
    _ = bytes.initialize(from: source)
  }

  deinit {
    bytes.update(repeating: 0)
    bytes.deallocate()
  }

  /// How many bytes there are.
  public var count: Int { bytes.count }

  /// Lends the bytes to `body`, which must not keep them.
  ///
  /// - Parameter body: Reads them.
  /// - Returns: What `body` returns.
  public func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    body(UnsafeBufferPointer(bytes))
  }

  /// Whether both hold the same bytes.
  ///
  /// - Parameter other: Another secret.
  /// - Returns: `false` even if one is the beginning of the other.
  public func isEqual(to other: Secret) -> Bool {
    withBytes { mine in other.withBytes { mine.elementsEqual($0) } }
  }

  /// A text that shows nothing of the bytes.
  public var description: String { "<secret>" }

  /// A mirror that shows nothing.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
