// These functions have the names that C knows. include/entrasync.h documents them.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

import CEntraSync
import EntraSync
import EntraSyncIO

/// What `entrasync_error` points to.
final class ErrorHandle {
  let error: EntraSyncError
  let message: BorrowedText
  let serverCode: BorrowedText
  let requestID: BorrowedText

  init(_ error: EntraSyncError) {
    self.error = error
    message = BorrowedText(error.message)
    serverCode = BorrowedText(error.serverCode ?? "")
    requestID = BorrowedText(error.requestID ?? "")
  }

  static func of(_ pointer: OpaquePointer?) -> ErrorHandle? {
    Handle.object(pointer, ErrorHandle.self)
  }
}

@implementation @c
public func entrasync_error_get_status(_ error: OpaquePointer?) -> entrasync_status {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return ErrorHandle.of(error)?.error.status.cValue ?? ENTRASYNC_OK
}

@implementation @c
public func entrasync_error_get_message(
  _ error: OpaquePointer?, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return ErrorHandle.of(error)?.message.pointer(length) ?? BorrowedText.empty(length)
}

@implementation @c
public func entrasync_error_get_http_status(_ error: OpaquePointer?) -> Int32 {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return Int32(clamping: ErrorHandle.of(error)?.error.httpStatus ?? 0)
}

@implementation @c
public func entrasync_error_get_aadsts_code(_ error: OpaquePointer?) -> Int32 {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return Int32(clamping: ErrorHandle.of(error)?.error.aadstsCode ?? 0)
}

@implementation @c
public func entrasync_error_get_server_code(
  _ error: OpaquePointer?, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return ErrorHandle.of(error)?.serverCode.pointer(length) ?? BorrowedText.empty(length)
}

@implementation @c
public func entrasync_error_get_request_id(
  _ error: OpaquePointer?, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return ErrorHandle.of(error)?.requestID.pointer(length) ?? BorrowedText.empty(length)
}

@implementation @c
public func entrasync_error_get_retry_after(_ error: OpaquePointer?) -> Int64 {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return Int64(ErrorHandle.of(error)?.error.retryAfter ?? -1)
}

@implementation @c
public func entrasync_error_free(_ error: OpaquePointer?) {
  Handle.free(error)
}
