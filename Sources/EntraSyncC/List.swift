// These functions have the names that C knows. include/entrasync.h documents them.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

import CEntraSync
import EntraSync
import EntraSyncIO

/// What `entrasync_list` points to.
final class ListHandle {
  let list: List
  private var borrowed: BorrowedLines?

  init(_ list: List) {
    self.list = list
  }

  /// The lines that C borrows; they are copied when C asks for the first one.
  var lines: BorrowedLines {
    if let borrowed { return borrowed }
    let lines = BorrowedLines.copying { list.lines.fileContent }
    borrowed = lines
    return lines
  }

  /// Runs `body`, which gives the list new lines, and forgets the copy of the old ones.
  func run(_ body: (List) throws(EntraSyncError) -> Report) throws(EntraSyncError) -> Report {
    borrowed = nil
    // A callback may have asked for lines during the run.
    defer { borrowed = nil }
    return try body(list)
  }

  static func of(_ pointer: OpaquePointer?) -> ListHandle? {
    Handle.object(pointer, ListHandle.self)
  }
}

@implementation @c
public func entrasync_list_create(
  _ path: UnsafePointer<CChar>?, _ line_template: UnsafePointer<CChar>?,
  _ list: UnsafeMutablePointer<OpaquePointer?>?, _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> entrasync_status {
  list?.pointee = nil
  return attempt(error) { () throws(EntraSyncError) in
    let list = try require(list, "list")
    let template = try LineTemplate(cString: line_template)
    let path = path.map { Path(cString: $0) }
    list.pointee = Handle.make(ListHandle(try List(path: path, template: template)))
  }
}

@implementation @c
public func entrasync_list_add_client(
  _ list: OpaquePointer?, _ client: OpaquePointer?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> entrasync_status {
  attempt(error) { () throws(EntraSyncError) in
    let list = try require(ListHandle.of(list), "list").list
    try list.add(try require(ClientHandle.of(client), "client").client)
  }
}

@implementation @c
public func entrasync_list_set_accept_change(_ list: OpaquePointer?, _ accept: Int32) {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  ListHandle.of(list)?.list.acceptsChange = accept != 0
}

@implementation @c
public func entrasync_list_set_adopt(_ list: OpaquePointer?, _ adopt: Int32) {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  ListHandle.of(list)?.list.adopts = adopt != 0
}

@implementation @c
public func entrasync_list_fetch(
  _ list: OpaquePointer?, _ report: UnsafeMutablePointer<OpaquePointer?>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> entrasync_status {
  run(list, report, error) { (list) throws(EntraSyncError) in try list.fetch() }
}

@implementation @c
public func entrasync_list_preview(
  _ list: OpaquePointer?, _ report: UnsafeMutablePointer<OpaquePointer?>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> entrasync_status {
  run(list, report, error) { (list) throws(EntraSyncError) in try list.preview() }
}

@implementation @c
public func entrasync_list_write(
  _ list: OpaquePointer?, _ report: UnsafeMutablePointer<OpaquePointer?>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> entrasync_status {
  run(list, report, error) { (list) throws(EntraSyncError) in try list.write() }
}

@implementation @c
public func entrasync_list_clear(
  _ list: OpaquePointer?, _ report: UnsafeMutablePointer<OpaquePointer?>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> entrasync_status {
  run(list, report, error) { (list) throws(EntraSyncError) in try list.clear() }
}

private func run(
  _ list: OpaquePointer?, _ report: UnsafeMutablePointer<OpaquePointer?>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?,
  _ body: (List) throws(EntraSyncError) -> Report
) -> entrasync_status {
  attempt(report, error) { () throws(EntraSyncError) in
    try require(ListHandle.of(list), "list").run(body)
  }
}

@implementation @c
public func entrasync_list_get_line_count(_ list: OpaquePointer?) -> Int {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return ListHandle.of(list)?.list.lines.count ?? 0
}

@implementation @c
public func entrasync_list_get_line(
  _ list: OpaquePointer?, _ index: Int, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  ListHandle.of(list)?.lines.pointer(index, length) ?? BorrowedText.empty(length)
}

@implementation @c
public func entrasync_list_free(_ list: OpaquePointer?) {
  Handle.free(list)
}
