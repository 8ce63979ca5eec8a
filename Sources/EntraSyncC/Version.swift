import CEntraSync

@implementation @_cdecl("entrasync_version")
public func entrasync_version() -> UnsafePointer<CChar> {
  versionText.utf8Start.withMemoryRebound(to: CChar.self, capacity: 1) { $0 }
}
let versionText: StaticString = "0.1.0"
@implementation @_cdecl("entrasync_status_get_name")
public func entrasync_status_get_name(_ status: entrasync_status) -> UnsafePointer<CChar> {
  switch status {
  case ENTRASYNC_OK: entrasync_version()
  default: entrasync_version()
  }
}
@implementation @_cdecl("entrasync_client_open")
public func entrasync_client_open(
  _ path: UnsafePointer<CChar>?,
  _ client: UnsafeMutablePointer<OpaquePointer?>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> entrasync_status { ENTRASYNC_OK }
@implementation @_cdecl("entrasync_client_set_progress")
public func entrasync_client_set_progress(
  _ client: OpaquePointer?, _ callback: entrasync_progress_callback?, _ userData: UnsafeMutableRawPointer?) {}
