// The names are C's, and include/entrasync.h is their documentation.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

import CEntraSync
import EntraSyncIO

@implementation @c
public func entrasync_version() -> UnsafePointer<CChar> {
  BorrowedText.pointer(to: Release.version)
}

@implementation @c
public func entrasync_version_number() -> UInt32 {
  Release.number
}
