// These functions have the names that C knows. include/entrasync.h documents them.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

import CEntraSync
import EntraSync
import EntraSyncIO

/// What `entrasync_check` points to.
final class CheckHandle {
  let check: ClientCheck
  private(set) var steps: [(step: CheckStep, name: BorrowedText, text: BorrowedText)] = []
  private(set) var samples: [BorrowedText] = []

  init(_ check: ClientCheck) {
    self.check = check
  }

  /// Runs the check and keeps its steps, even if one has failed.
  func run() throws(EntraSyncError) -> Report {
    defer {
      steps = check.steps.map {
        ($0, BorrowedText($0.subject.rawValue), BorrowedText($0.text))
      }
      samples = check.samples.map { BorrowedText($0) }
    }
    return try check.run()
  }

  static func of(_ pointer: OpaquePointer?) -> CheckHandle? {
    Handle.object(pointer, CheckHandle.self)
  }

  static func step(
    _ pointer: OpaquePointer?, _ index: Int
  ) -> (step: CheckStep, name: BorrowedText, text: BorrowedText)? {
    guard let steps = of(pointer)?.steps, steps.indices.contains(index) else { return nil }
    return steps[index]
  }
}

@implementation @c
public func entrasync_check_create(
  _ client: OpaquePointer?, _ check: UnsafeMutablePointer<OpaquePointer?>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> entrasync_status {
  check?.pointee = nil
  return attempt(error) { () throws(EntraSyncError) in
    let check = try require(check, "check")
    let client = try require(ClientHandle.of(client), "client").client
    check.pointee = Handle.make(CheckHandle(ClientCheck(client)))
  }
}

@implementation @c
public func entrasync_check_run(
  _ check: OpaquePointer?, _ report: UnsafeMutablePointer<OpaquePointer?>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> entrasync_status {
  attempt(report, error) { () throws(EntraSyncError) in
    try require(CheckHandle.of(check), "check").run()
  }
}

@implementation @c
public func entrasync_check_get_step_count(_ check: OpaquePointer?) -> Int {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return CheckHandle.of(check)?.steps.count ?? 0
}

@implementation @c
public func entrasync_check_get_step_name(
  _ check: OpaquePointer?, _ index: Int, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return CheckHandle.step(check, index)?.name.pointer(length) ?? BorrowedText.empty(length)
}

@implementation @c
public func entrasync_check_get_step_outcome(
  _ check: OpaquePointer?, _ index: Int
) -> entrasync_outcome {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return entrasync_outcome(UInt32(CheckHandle.step(check, index)?.step.outcome.rawValue ?? 0))
}

@implementation @c
public func entrasync_check_get_step_text(
  _ check: OpaquePointer?, _ index: Int, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return CheckHandle.step(check, index)?.text.pointer(length) ?? BorrowedText.empty(length)
}

@implementation @c
public func entrasync_check_get_sample_count(_ check: OpaquePointer?) -> Int {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return CheckHandle.of(check)?.samples.count ?? 0
}

@implementation @c
public func entrasync_check_get_sample(
  _ check: OpaquePointer?, _ index: Int, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return (CheckHandle.of(check)?.samples ?? []).pointer(index, length)
}

@implementation @c
public func entrasync_check_get_token_end(_ check: OpaquePointer?) -> Int64 {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return CheckHandle.of(check)?.check.tokenEnd.map { Int64(max(0, min($0, 1e15))) } ?? 0
}

@implementation @c
public func entrasync_check_free(_ check: OpaquePointer?) {
  Handle.free(check)
}
