/// Stands in for the function of the Swift runtime that reads SWIFT_BACKTRACE, SWIFT_ROOT,
/// SWIFT_DEBUG_* and so on from the environment, which is the host's.
///
/// Every setting stays at its default, and no misspelt one is warned of on standard error. The
/// linker puts it in place (`--wrap` in Package.swift). It runs while the library is loaded, before
/// anything else of Swift does.
///
/// - Parameter context: Unused.
@c(__wrap__ZN5swift7runtime11environment10initializeEPv)
public func readNoSettings(_ context: UnsafeMutableRawPointer?) {}

/// Stands in for the function of the Swift runtime that handles SIGSEGV, SIGABRT, SIGQUIT and
/// others by starting `swift-backtrace`. The runtime would call it wherever it finds that program.
///
/// - Returns: 0, which means success: a failure is warned of on standard error.
@c(__wrap__swift_installCrashHandler)
public func handleNoCrash() -> Int32 { 0 }

/// Stands in for the function of the Swift runtime that knows the arguments of the process.
///
/// They are the host's. To know them, the runtime would read `/proc/self/maps` line by line each
/// time the library is loaded. With this function and `keepNoArguments` nothing needs that part of
/// it, and the linker leaves it out.
///
/// - Parameter count: Becomes 0.
/// - Returns: An array with its end alone. Nobody frees it, as in the runtime.
@c(_swift_stdlib_getUnsafeArgvArgc)
public func readNoArguments(
  _ count: UnsafeMutablePointer<Int32>
) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
  count.pointee = 0
  let end = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: 1)
  end.initialize(to: nil)
  return end
}

/// Stands in for the function of the Swift runtime by which a program replaces its arguments.
///
/// - Parameters:
///   - arguments: Unused.
///   - count: Unused.
@c(_swift_stdlib_overrideUnsafeArgvArgc)
public func keepNoArguments(
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, _ count: Int32
) {}

/// Stands in for hypotf(3), which the Swift runtime holds for its Float and nothing here calls. The
/// one of glibc has a version (GLIBC_2.35) that RHEL 9 lacks.
///
/// - Returns: The square root of the sum of both squares.
@c(__wrap_hypotf)
public func hypotenuse(_ x: Float, _ y: Float) -> Float {
  Float((Double(x) * Double(x) + Double(y) * Double(y)).squareRoot())
}
