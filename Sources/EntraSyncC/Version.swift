import CEntraSync
import EntraSyncIO

@implementation @_cdecl("entrasync_version")
public func entrasync_version() -> UnsafePointer<CChar> {
  BorrowedText.pointer(to: Release.version)
}

@implementation @_cdecl("entrasync_version_number")
public func entrasync_version_number() -> UInt32 {
  Release.number
}
