import CEntraSync
import EntraSync
import EntraSyncIO

/// Runs the body of a C function and turns what it throws into a status and an error handle.
///
/// - Parameters:
///   - error: Where the caller wants the error; may be NULL.
///   - body: What the function does.
/// - Returns: The status.
func attempt(
  _ error: UnsafeMutablePointer<OpaquePointer?>?, _ body: () throws(EntraSyncError) -> Void
) -> entrasync_status {
  error?.pointee = nil
  let isOutermost = ForkGate.enter()
  defer { if isOutermost { ForkGate.leave() } }
  do {
    try body()
    return ENTRASYNC_OK
  } catch let failure {
    error?.pointee = Handle.make(ErrorHandle(failure))
    return failure.status.cValue
  }
}

/// Runs the body of a C function that also hands out a report.
///
/// - Parameters:
///   - report: Where the caller wants the report; may be NULL.
///   - error: Where the caller wants the error; may be NULL.
///   - body: What the function does.
/// - Returns: The status.
func attempt(
  _ report: UnsafeMutablePointer<OpaquePointer?>?, _ error: UnsafeMutablePointer<OpaquePointer?>?,
  _ body: () throws(EntraSyncError) -> Report
) -> entrasync_status {
  report?.pointee = nil
  return attempt(error) { () throws(EntraSyncError) in
    let result = try body()
    report?.pointee = Handle.make(ReportHandle(result))
  }
}

/// Refuses an argument that is NULL.
///
/// - Parameters:
///   - argument: What the caller passed.
///   - name: The parameter's name in the header.
/// - Throws: `.invalidArgument` for NULL.
/// - Returns: The argument, which is not NULL.
func require<Value>(_ argument: Value?, _ name: String) throws(EntraSyncError) -> Value {
  guard let argument else {
    throw EntraSyncError(.invalidArgument, "the argument \(name) is NULL")
  }
  return argument
}
