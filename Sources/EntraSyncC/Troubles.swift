// These functions have the names that C knows. include/entrasync.h documents them.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

import CEntraSync
import EntraSync
import EntraSyncIO

/// What `entrasync_troubles` points to.
final class TroublesHandle {
  let news: [(news: TroubleNews, text: BorrowedText)]
  let isNoted: Bool

  init(_ news: [TroubleNews], isNoted: Bool) {
    self.news = news.map { ($0, BorrowedText($0.trouble.text)) }
    self.isNoted = isNoted
  }

  /// A trouble; `nil` outside the range.
  static func entry(
    _ pointer: OpaquePointer?, _ index: Int
  ) -> (news: TroubleNews, text: BorrowedText)? {
    guard let news = of(pointer)?.news, news.indices.contains(index) else { return nil }
    return news[index]
  }

  static func of(_ pointer: OpaquePointer?) -> TroublesHandle? {
    Handle.object(pointer, TroublesHandle.self)
  }
}

@implementation @c
public func entrasync_troubles_note(
  _ list: OpaquePointer?, _ subject: UnsafePointer<CChar>?, _ failure: UnsafePointer<CChar>?,
  _ warnings: UnsafePointer<UnsafePointer<CChar>?>?, _ warningCount: Int,
  _ troubles: UnsafeMutablePointer<OpaquePointer?>?, _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> entrasync_status {
  troubles?.pointee = nil
  return attempt(error) { () throws(EntraSyncError) in
    let troubles = try require(troubles, "troubles")
    let subject = String(cString: try require(subject, "subject"))
    let failures = failure.map { [Trouble(isFailure: true, text: String(cString: $0))] } ?? []
    let met = try copies(of: warnings, warningCount, "warnings").map {
      Trouble(isFailure: false, text: $0)
    }
    let (news, isNoted) = try RunHistory.note(
      failures + met, of: subject, in: ListHandle.of(list)?.list)
    troubles.pointee = Handle.make(TroublesHandle(news, isNoted: isNoted))
  }
}

@implementation @c
public func entrasync_troubles_get_count(_ troubles: OpaquePointer?) -> Int {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return TroublesHandle.of(troubles)?.news.count ?? 0
}

@implementation @c
public func entrasync_troubles_get_noted(_ troubles: OpaquePointer?) -> Int32 {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return TroublesHandle.of(troubles)?.isNoted ?? false ? 1 : 0
}

@implementation @c
public func entrasync_troubles_get_news(
  _ troubles: OpaquePointer?, _ index: Int
) -> entrasync_news {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  switch TroublesHandle.entry(troubles, index)?.news.kind {
  case nil: return ENTRASYNC_NEWS_NONE
  case .begins: return ENTRASYNC_NEWS_BEGINS
  case .lasts: return ENTRASYNC_NEWS_LASTS
  case .returns: return ENTRASYNC_NEWS_RETURNS
  case .ends: return ENTRASYNC_NEWS_ENDS
  }
}

@implementation @c
public func entrasync_troubles_get_failure(_ troubles: OpaquePointer?, _ index: Int) -> Int32 {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return TroublesHandle.entry(troubles, index)?.news.trouble.isFailure ?? false ? 1 : 0
}

@implementation @c
public func entrasync_troubles_get_text(
  _ troubles: OpaquePointer?, _ index: Int, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return TroublesHandle.entry(troubles, index)?.text.pointer(length) ?? BorrowedText.empty(length)
}

@implementation @c
public func entrasync_troubles_get_since(_ troubles: OpaquePointer?, _ index: Int) -> Int64 {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return TroublesHandle.entry(troubles, index)?.news.since ?? 0
}

@implementation @c
public func entrasync_troubles_get_end(_ troubles: OpaquePointer?, _ index: Int) -> Int64 {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return TroublesHandle.entry(troubles, index)?.news.end ?? 0
}

@implementation @c
public func entrasync_troubles_free(_ troubles: OpaquePointer?) {
  Handle.free(troubles)
}
