// These functions have the names that C knows. include/entrasync.h documents them.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

import CEntraSync
import EntraSync
import EntraSyncIO

/// What `entrasync_lookup` points to.
final class LookupHandle {
  /// One answer, in the form in which C borrows it.
  final class Answer {
    let kind: entrasync_answer
    let error: ErrorHandle?
    let reason: BorrowedText
    let lines: [BorrowedText]
    let names: [BorrowedText]
    let fields: [(name: String, values: [BorrowedText])]

    init(_ found: Lookup.Found) {
      var failure: EntraSyncError?
      var reason = ""
      switch found.decision {
      case .member: kind = ENTRASYNC_ANSWER_MEMBER
      case .notMember: kind = ENTRASYNC_ANSWER_NOT_MEMBER
      case .withoutLine(let why): (kind, reason) = (ENTRASYNC_ANSWER_WITHOUT_LINE, why)
      case .unknown(let error): (kind, failure) = (ENTRASYNC_ANSWER_UNKNOWN, error)
      }
      error = failure.map { ErrorHandle($0) }
      self.reason = BorrowedText(reason)
      lines = found.lines.map { BorrowedText($0) }
      names = found.fields.map { BorrowedText($0.name) }
      fields = found.fields.map { ($0.name.lowercased(), $0.values.map { BorrowedText($0) }) }
    }
  }

  let lookup: Lookup
  private(set) var answers: [Answer] = []

  init(_ lookup: Lookup) {
    self.lookup = lookup
  }

  /// Looks addresses up and keeps the answers, even if some of them are unknown.
  ///
  /// Previous answers are cleared even if reading the addresses fails.
  func find(_ addresses: () throws(EntraSyncError) -> [String]) throws(EntraSyncError) -> Report {
    answers = []
    let texts = try addresses()
    defer { answers = lookup.found.map { Answer($0) } }
    return try lookup.find(texts)
  }

  static func of(_ pointer: OpaquePointer?) -> LookupHandle? {
    Handle.object(pointer, LookupHandle.self)
  }

  static func answer(_ pointer: OpaquePointer?, _ index: Int) -> Answer? {
    guard let answers = of(pointer)?.answers, answers.indices.contains(index) else { return nil }
    return answers[index]
  }
}

@implementation @c
public func entrasync_lookup_create(
  _ line_template: UnsafePointer<CChar>?, _ lookup: UnsafeMutablePointer<OpaquePointer?>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> entrasync_status {
  lookup?.pointee = nil
  return attempt(error) { () throws(EntraSyncError) in
    let lookup = try require(lookup, "lookup")
    let template = try LineTemplate(cString: line_template)
    lookup.pointee = Handle.make(LookupHandle(Lookup(template: template)))
  }
}

@implementation @c
public func entrasync_lookup_add_client(
  _ lookup: OpaquePointer?, _ client: OpaquePointer?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> entrasync_status {
  attempt(error) { () throws(EntraSyncError) in
    let lookup = try require(LookupHandle.of(lookup), "lookup").lookup
    try lookup.add(try require(ClientHandle.of(client), "client").client)
  }
}

@implementation @c
public func entrasync_lookup_set_aliases(_ lookup: OpaquePointer?, _ aliases: Int32) {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  LookupHandle.of(lookup)?.lookup.withAliases = aliases != 0
}

@implementation @c
public func entrasync_lookup_find(
  _ lookup: OpaquePointer?, _ addresses: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int,
  _ report: UnsafeMutablePointer<OpaquePointer?>?, _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> entrasync_status {
  attempt(report, error) { () throws(EntraSyncError) in
    try require(LookupHandle.of(lookup), "lookup").find { () throws(EntraSyncError) in
      try copies(of: addresses, count, "addresses")
    }
  }
}

@implementation @c
public func entrasync_lookup_get_answer_count(_ lookup: OpaquePointer?) -> Int {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return LookupHandle.of(lookup)?.answers.count ?? 0
}

@implementation @c
public func entrasync_lookup_get_answer(
  _ lookup: OpaquePointer?, _ index: Int
) -> entrasync_answer {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return LookupHandle.answer(lookup, index)?.kind ?? ENTRASYNC_ANSWER_UNKNOWN
}

@implementation @c
public func entrasync_lookup_get_error(_ lookup: OpaquePointer?, _ index: Int) -> OpaquePointer? {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return LookupHandle.answer(lookup, index)?.error.map { Handle.borrowed($0) }
}

@implementation @c
public func entrasync_lookup_get_reason(
  _ lookup: OpaquePointer?, _ index: Int, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return LookupHandle.answer(lookup, index)?.reason.pointer(length) ?? BorrowedText.empty(length)
}

@implementation @c
public func entrasync_lookup_get_line_count(_ lookup: OpaquePointer?, _ index: Int) -> Int {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return LookupHandle.answer(lookup, index)?.lines.count ?? 0
}

@implementation @c
public func entrasync_lookup_get_line(
  _ lookup: OpaquePointer?, _ index: Int, _ line: Int, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return (LookupHandle.answer(lookup, index)?.lines ?? []).pointer(line, length)
}

@implementation @c
public func entrasync_lookup_get_attribute_count(_ lookup: OpaquePointer?, _ index: Int) -> Int {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return LookupHandle.answer(lookup, index)?.names.count ?? 0
}

@implementation @c
public func entrasync_lookup_get_attribute(
  _ lookup: OpaquePointer?, _ index: Int, _ attribute: Int, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return (LookupHandle.answer(lookup, index)?.names ?? []).pointer(attribute, length)
}

@implementation @c
public func entrasync_lookup_get_value_count(
  _ lookup: OpaquePointer?, _ index: Int, _ attribute: UnsafePointer<CChar>?
) -> Int {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return values(lookup, index, attribute).count
}

@implementation @c
public func entrasync_lookup_get_value(
  _ lookup: OpaquePointer?, _ index: Int, _ attribute: UnsafePointer<CChar>?, _ value: Int,
  _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return values(lookup, index, attribute).pointer(value, length)
}

private func values(
  _ lookup: OpaquePointer?, _ index: Int, _ attribute: UnsafePointer<CChar>?
) -> [BorrowedText] {
  guard let name = attribute.flatMap({ String(validatingCString: $0) }) else { return [] }
  let wanted = name.lowercased()
  return LookupHandle.answer(lookup, index)?.fields.first { $0.name == wanted }?.values ?? []
}

@implementation @c
public func entrasync_lookup_free(_ lookup: OpaquePointer?) {
  Handle.free(lookup)
}
