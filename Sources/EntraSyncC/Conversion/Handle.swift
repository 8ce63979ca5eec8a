/// The opaque pointers that C holds: each keeps one Swift object alive until its `_free`.
enum Handle {
  /// Gives an object to the caller.
  static func make(_ object: AnyObject) -> OpaquePointer {
    OpaquePointer(Unmanaged.passRetained(object).toOpaque())
  }

  /// Lends an object that another handle keeps alive.
  static func borrowed(_ object: AnyObject) -> OpaquePointer {
    OpaquePointer(Unmanaged.passUnretained(object).toOpaque())
  }

  /// The object behind a pointer; `nil` for NULL.
  static func object<Object: AnyObject>(_ pointer: OpaquePointer?, _: Object.Type) -> Object? {
    pointer.map { Unmanaged<Object>.fromOpaque(UnsafeRawPointer($0)).takeUnretainedValue() }
  }

  /// Takes an object back; NULL is accepted.
  static func free(_ pointer: OpaquePointer?) {
    guard let pointer else { return }
    Unmanaged<AnyObject>.fromOpaque(UnsafeRawPointer(pointer)).release()
  }
}
