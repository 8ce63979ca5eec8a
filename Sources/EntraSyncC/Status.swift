// These functions have the names that C knows. include/entrasync.h documents them.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

import CEntraSync
import EntraSync
import EntraSyncIO

extension Status {
  /// The status as C knows it; the numbers are the same on both sides.
  var cValue: entrasync_status { entrasync_status(rawValue: UInt32(rawValue)) }
}

@implementation @c
public func entrasync_status_get_name(_ status: entrasync_status) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  let known = Status.allCases.first { $0.cValue == status }
  return BorrowedText.pointer(to: known?.name ?? "unknown")
}
