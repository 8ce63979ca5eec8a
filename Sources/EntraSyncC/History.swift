// These functions have the names that C knows. include/entrasync.h documents them.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

import CEntraSync
import EntraSync
import EntraSyncIO

/// What `entrasync_history` points to.
final class HistoryHandle {
  /// One run, with the texts that C borrows.
  struct Run {
    let record: RunRecord
    let message: BorrowedText
    let configurations: [BorrowedText]
    let groups: [BorrowedText]
    let reasons: [BorrowedText]

    init(_ record: RunRecord) {
      self.record = record
      message = BorrowedText(record.message)
      configurations = record.configurations.map { BorrowedText($0) }
      groups = record.groups.map { BorrowedText($0.id) }
      reasons = record.leftOut.map { BorrowedText($0.reason) }
    }

    /// A group; `nil` outside the range.
    func group(_ index: Int) -> RunRecord.Group? {
      record.groups.indices.contains(index) ? record.groups[index] : nil
    }

    /// A reason; `nil` outside the range.
    func leftOut(_ index: Int) -> RunRecord.LeftOut? {
      record.leftOut.indices.contains(index) ? record.leftOut[index] : nil
    }

    /// A figure; 0 for one that is not remembered.
    func figure(_ count: entrasync_count) -> Int {
      switch count {
      case ENTRASYNC_COUNT_BEFORE: record.linesBefore
      case ENTRASYNC_COUNT_WRITTEN: record.linesAfter
      case ENTRASYNC_COUNT_ADDED: record.added
      case ENTRASYNC_COUNT_REMOVED: record.removed
      case ENTRASYNC_COUNT_FETCHED: record.fetched
      case ENTRASYNC_COUNT_EXCLUDED: record.excluded
      case ENTRASYNC_COUNT_DISPUTED: record.disputed
      case ENTRASYNC_COUNT_SKIPPED: record.leftOut.reduce(0) { $0 &+ $1.count }
      case ENTRASYNC_COUNT_REQUESTS: record.requests
      default: 0
      }
    }
  }

  let runs: [Run]

  init(_ records: [RunRecord]) {
    runs = records.map(Run.init)
  }

  /// A run; `nil` outside the range.
  static func run(_ pointer: OpaquePointer?, _ index: Int) -> Run? {
    guard let runs = of(pointer)?.runs, runs.indices.contains(index) else { return nil }
    return runs[index]
  }

  static func of(_ pointer: OpaquePointer?) -> HistoryHandle? {
    Handle.object(pointer, HistoryHandle.self)
  }
}

@implementation @c
public func entrasync_history_read(
  _ folder: UnsafePointer<CChar>?, _ list: UnsafePointer<CChar>?, _ since: Int64, _ most: Int,
  _ history: UnsafeMutablePointer<OpaquePointer?>?, _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> entrasync_status {
  history?.pointee = nil
  return attempt(error) { () throws(EntraSyncError) in
    let history = try require(history, "history")
    let list = Path(cString: try require(list, "list"))
    let records = try RunHistory.records(
      of: list, in: folder.map { Path(cString: $0) }, since: since, most: most)
    history.pointee = Handle.make(HistoryHandle(records))
  }
}

@implementation @c
public func entrasync_list_read_history(
  _ list: OpaquePointer?, _ since: Int64, _ most: Int,
  _ history: UnsafeMutablePointer<OpaquePointer?>?, _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> entrasync_status {
  history?.pointee = nil
  return attempt(error) { () throws(EntraSyncError) in
    let history = try require(history, "history")
    let list = try require(ListHandle.of(list), "list").list
    history.pointee = Handle.make(HistoryHandle(try list.runs(since: since, most: most)))
  }
}

@implementation @c
public func entrasync_history_get_run_count(
  _ history: OpaquePointer?
) -> Int {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return HistoryHandle.of(history)?.runs.count ?? 0
}

@implementation @c
public func entrasync_history_get_time(
  _ history: OpaquePointer?, _ run: Int
) -> Int64 {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return HistoryHandle.run(history, run).map { Int64(max(0, min($0.record.began, 1e15))) } ?? 0
}

@implementation @c
public func entrasync_history_get_seconds(
  _ history: OpaquePointer?, _ run: Int
) -> Double {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return HistoryHandle.run(history, run)?.record.seconds ?? 0
}

@implementation @c
public func entrasync_history_get_status(
  _ history: OpaquePointer?, _ run: Int
) -> entrasync_status {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return HistoryHandle.run(history, run)?.record.status.cValue ?? ENTRASYNC_OK
}

@implementation @c
public func entrasync_history_get_changed(
  _ history: OpaquePointer?, _ run: Int
) -> Int32 {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return HistoryHandle.run(history, run)?.record.outcome == .replaced ? 1 : 0
}

@implementation @c
public func entrasync_history_get_message(
  _ history: OpaquePointer?, _ run: Int, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return HistoryHandle.run(history, run)?.message.pointer(length) ?? BorrowedText.empty(length)
}

@implementation @c
public func entrasync_history_get_count(
  _ history: OpaquePointer?, _ run: Int, _ count: entrasync_count
) -> UInt64 {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return UInt64(clamping: HistoryHandle.run(history, run)?.figure(count) ?? 0)
}

@implementation @c
public func entrasync_history_get_configuration_count(
  _ history: OpaquePointer?, _ run: Int
) -> Int {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return HistoryHandle.run(history, run)?.configurations.count ?? 0
}

@implementation @c
public func entrasync_history_get_configuration(
  _ history: OpaquePointer?, _ run: Int, _ index: Int,
  _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return (HistoryHandle.run(history, run)?.configurations ?? []).pointer(index, length)
}

@implementation @c
public func entrasync_history_get_group_count(
  _ history: OpaquePointer?, _ run: Int
) -> Int {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return HistoryHandle.run(history, run)?.groups.count ?? 0
}

@implementation @c
public func entrasync_history_get_group(
  _ history: OpaquePointer?, _ run: Int, _ index: Int,
  _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return (HistoryHandle.run(history, run)?.groups ?? []).pointer(index, length)
}

@implementation @c
public func entrasync_history_get_group_excluded(
  _ history: OpaquePointer?, _ run: Int, _ index: Int
) -> Int32 {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return HistoryHandle.run(history, run)?.group(index)?.isExcluded ?? false ? 1 : 0
}

@implementation @c
public func entrasync_history_get_group_people(
  _ history: OpaquePointer?, _ run: Int, _ index: Int
) -> UInt64 {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return UInt64(clamping: HistoryHandle.run(history, run)?.group(index)?.people ?? 0)
}

@implementation @c
public func entrasync_history_get_reason_count(
  _ history: OpaquePointer?, _ run: Int
) -> Int {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return HistoryHandle.run(history, run)?.reasons.count ?? 0
}

@implementation @c
public func entrasync_history_get_reason(
  _ history: OpaquePointer?, _ run: Int, _ index: Int,
  _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return (HistoryHandle.run(history, run)?.reasons ?? []).pointer(index, length)
}

@implementation @c
public func entrasync_history_get_reason_people(
  _ history: OpaquePointer?, _ run: Int, _ index: Int
) -> UInt64 {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return UInt64(clamping: HistoryHandle.run(history, run)?.leftOut(index)?.count ?? 0)
}

@implementation @c
public func entrasync_history_free(_ history: OpaquePointer?) {
  Handle.free(history)
}
