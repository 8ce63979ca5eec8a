// These functions have the names that C knows. include/entrasync.h documents them.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

import CEntraSync
import EntraSyncIO

@implementation @c
public func entrasync_version() -> UnsafePointer<CChar> {
  BorrowedText.pointer(to: Release.version)
}

@implementation @c
public func entrasync_version_number() -> UInt32 {
  UInt32(ENTRASYNC_VERSION_NUMBER)
}
