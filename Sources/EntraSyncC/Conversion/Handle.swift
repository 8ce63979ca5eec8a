import EntraSyncIO

/// The opaque pointers that C holds: each keeps one Swift object alive until its `_free`.
enum Handle {
  /// Makes a pointer that keeps an object alive until C frees it.
  static func make(_ object: AnyObject) -> OpaquePointer {
    OpaquePointer(Unmanaged.passRetained(object).toOpaque())
  }

  /// Makes a pointer to an object that another handle keeps alive.
  static func borrowed(_ object: AnyObject) -> OpaquePointer {
    OpaquePointer(Unmanaged.passUnretained(object).toOpaque())
  }

  /// The object behind a pointer; `nil` for NULL.
  static func object<Object: AnyObject>(_ pointer: OpaquePointer?, _: Object.Type) -> Object? {
    pointer.map { Unmanaged<Object>.fromOpaque(UnsafeRawPointer($0)).takeUnretainedValue() }
  }

  /// Ends the life of a pointer that ``make(_:)`` has made; NULL is accepted.
  static func free(_ pointer: OpaquePointer?) {
    guard let pointer else { return }
    let isOutermost = ForkGate.enter()
    defer { if isOutermost { ForkGate.leave() } }
    Unmanaged<AnyObject>.fromOpaque(UnsafeRawPointer(pointer)).release()
  }
}
