// These functions have the names that C knows. include/entrasync.h documents them.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

import CEntraSync
import EntraSyncIO

extension Progress {
  /// Lends the value to C while a callback runs.
  ///
  /// - Parameter body: Receives what the header's getters take.
  /// - Returns: What `body` returns.
  func lend<Result>(_ body: (OpaquePointer) -> Result) -> Result {
    withUnsafePointer(to: self) { body(OpaquePointer($0)) }
  }

  /// The value behind a pointer that C passes; `nil` for NULL.
  fileprivate static func of(_ pointer: OpaquePointer?) -> Progress? {
    pointer.map { UnsafePointer<Progress>($0).pointee }
  }
}

@implementation @c
public func entrasync_progress_get_pages(_ progress: OpaquePointer?) -> UInt64 {
  UInt64(Progress.of(progress)?.pages ?? 0)
}

@implementation @c
public func entrasync_progress_get_people(_ progress: OpaquePointer?) -> UInt64 {
  UInt64(Progress.of(progress)?.people ?? 0)
}

@implementation @c
public func entrasync_progress_get_bytes(_ progress: OpaquePointer?) -> UInt64 {
  UInt64(Progress.of(progress)?.bytes ?? 0)
}

@implementation @c
public func entrasync_progress_get_seconds(_ progress: OpaquePointer?) -> Double {
  Progress.of(progress)?.seconds ?? 0
}

@implementation @c
public func entrasync_progress_get_waiting(_ progress: OpaquePointer?) -> Double {
  Progress.of(progress)?.waiting ?? 0
}
