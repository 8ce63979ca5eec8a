// These functions have the names that C knows. include/entrasync.h documents them.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

import CEntraSync
import EntraSync
import EntraSyncIO

/// What `entrasync_report` points to.
final class ReportHandle {
  let report: Report
  let names: [BorrowedText]
  let reasons: [BorrowedText]
  let displayNames: [BorrowedText]
  let signInNames: [BorrowedText]
  let warnings: [BorrowedText]
  let objection: BorrowedText
  /// The added and removed lines; they are copied when C asks for the first one.
  private(set) lazy var added = BorrowedLines.copying {
    report.difference.added.fileContent
  }
  private(set) lazy var removed = BorrowedLines.copying {
    report.difference.removed.fileContent
  }

  init(_ report: Report) {
    self.report = report
    names = report.skips.map { BorrowedText($0.name) }
    reasons = report.skips.map { BorrowedText($0.reason) }
    displayNames = report.skips.map { BorrowedText($0.displayName ?? "") }
    signInNames = report.skips.map { BorrowedText($0.signInName ?? "") }
    warnings = report.warnings.map { BorrowedText($0) }
    objection = BorrowedText(report.objection ?? "")
  }

  static func of(_ pointer: OpaquePointer?) -> ReportHandle? {
    Handle.object(pointer, ReportHandle.self)
  }
}

@implementation @c
public func entrasync_report_get_count(_ report: OpaquePointer?, _ count: entrasync_count) -> UInt64
{
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  guard let report = ReportHandle.of(report)?.report else { return 0 }
  let figure =
    switch count {
    case ENTRASYNC_COUNT_FETCHED: report.fetched
    case ENTRASYNC_COUNT_WRITTEN: report.written
    case ENTRASYNC_COUNT_ADDED: report.added
    case ENTRASYNC_COUNT_REMOVED: report.removed
    case ENTRASYNC_COUNT_SKIPPED: report.skips.count
    case ENTRASYNC_COUNT_OTHERS: report.others
    case ENTRASYNC_COUNT_REQUESTS: report.requests
    case ENTRASYNC_COUNT_BYTES: report.bytes
    case ENTRASYNC_COUNT_EXCLUDED: report.excluded
    case ENTRASYNC_COUNT_NESTED_GROUPS: report.nestedGroups
    case ENTRASYNC_COUNT_READINGS: report.readings
    case ENTRASYNC_COUNT_DISPUTED: report.disputes.count
    case ENTRASYNC_COUNT_CONTACTS: report.contacts
    case ENTRASYNC_COUNT_DEVICES: report.devices
    case ENTRASYNC_COUNT_SERVICE_PRINCIPALS: report.servicePrincipals
    case ENTRASYNC_COUNT_UNKNOWN_KINDS: report.unknownKinds
    default: 0
    }
  return UInt64(clamping: figure)
}

@implementation @c
public func entrasync_report_get_seconds(_ report: OpaquePointer?) -> Double {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return ReportHandle.of(report)?.report.seconds ?? 0
}

@implementation @c
public func entrasync_report_get_changed(_ report: OpaquePointer?) -> Int32 {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return ReportHandle.of(report)?.report.isChanged ?? false ? 1 : 0
}

@implementation @c
public func entrasync_report_get_skip_name(
  _ report: OpaquePointer?, _ index: Int, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return (ReportHandle.of(report)?.names ?? []).pointer(index, length)
}

@implementation @c
public func entrasync_report_get_skip_reason(
  _ report: OpaquePointer?, _ index: Int, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return (ReportHandle.of(report)?.reasons ?? []).pointer(index, length)
}

@implementation @c
public func entrasync_report_get_skip_display_name(
  _ report: OpaquePointer?, _ index: Int, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return (ReportHandle.of(report)?.displayNames ?? []).pointer(index, length)
}

@implementation @c
public func entrasync_report_get_skip_sign_in_name(
  _ report: OpaquePointer?, _ index: Int, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return (ReportHandle.of(report)?.signInNames ?? []).pointer(index, length)
}

@implementation @c
public func entrasync_report_get_warning_count(_ report: OpaquePointer?) -> Int {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return ReportHandle.of(report)?.warnings.count ?? 0
}

@implementation @c
public func entrasync_report_get_warning(
  _ report: OpaquePointer?, _ index: Int, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return (ReportHandle.of(report)?.warnings ?? []).pointer(index, length)
}

@implementation @c
public func entrasync_report_get_added_line(
  _ report: OpaquePointer?, _ index: Int, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  ReportHandle.of(report)?.added.pointer(index, length) ?? BorrowedText.empty(length)
}

@implementation @c
public func entrasync_report_get_removed_line(
  _ report: OpaquePointer?, _ index: Int, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  ReportHandle.of(report)?.removed.pointer(index, length) ?? BorrowedText.empty(length)
}

@implementation @c
public func entrasync_report_get_guard(
  _ report: OpaquePointer?, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return ReportHandle.of(report)?.objection.pointer(length) ?? BorrowedText.empty(length)
}

@implementation @c
public func entrasync_report_free(_ report: OpaquePointer?) {
  Handle.free(report)
}
