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
