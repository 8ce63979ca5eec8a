// These functions have the names that C knows. include/entrasync.h documents them.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

import CEntraSync
import EntraSync
import EntraSyncIO

/// What `entrasync_client` points to.
final class ClientHandle {
  let client: Client
  let warnings: [BorrowedText]
  let attributes: [BorrowedText]

  init(_ client: Client) {
    self.client = client
    let path = client.configuration.path.singleLine
    warnings = client.configuration.warnings.map { BorrowedText("\(path): \($0)") }
    attributes = client.configuration.queryFilter.fields.map { BorrowedText($0.name) }
  }

  static func of(_ pointer: OpaquePointer?) -> ClientHandle? {
    Handle.object(pointer, ClientHandle.self)
  }
}

@implementation @c
public func entrasync_client_open(
  _ path: UnsafePointer<CChar>?, _ client: UnsafeMutablePointer<OpaquePointer?>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> entrasync_status {
  client?.pointee = nil
  return attempt(error) { () throws(EntraSyncError) in
    let path = Path(cString: try require(path, "path"))
    let client = try require(client, "client")
    guard !path.isEmpty else {
      throw EntraSyncError(.invalidArgument, "the configuration's path is empty")
    }
    client.pointee = Handle.make(ClientHandle(try Client(configurationAt: path)))
  }
}

@implementation @c
public func entrasync_client_get_warning_count(_ client: OpaquePointer?) -> Int {
  ClientHandle.of(client)?.warnings.count ?? 0
}

@implementation @c
public func entrasync_client_get_warning(
  _ client: OpaquePointer?, _ index: Int, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  (ClientHandle.of(client)?.warnings ?? []).pointer(index, length)
}

@implementation @c
public func entrasync_client_get_attribute_count(_ client: OpaquePointer?) -> Int {
  ClientHandle.of(client)?.attributes.count ?? 0
}

@implementation @c
public func entrasync_client_get_attribute(
  _ client: OpaquePointer?, _ index: Int, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  (ClientHandle.of(client)?.attributes ?? []).pointer(index, length)
}

@implementation @c
public func entrasync_client_set_progress(
  _ client: OpaquePointer?, _ callback: entrasync_progress_callback?,
  _ user_data: UnsafeMutableRawPointer?
) {
  ClientHandle.of(client)?.client.observer.progress = callback.map { callback in
    { progress in
      var value = entrasync_progress(
        pages: UInt64(progress.pages), people: UInt64(progress.people),
        bytes: UInt64(progress.bytes), seconds: progress.seconds, waiting: progress.waiting)
      return callback(&value, user_data) == 0
    }
  }
}

@implementation @c
public func entrasync_client_set_log(
  _ client: OpaquePointer?, _ callback: entrasync_log_callback?,
  _ user_data: UnsafeMutableRawPointer?
) {
  ClientHandle.of(client)?.client.observer.log = callback.map { callback in
    { level, message in
      callback(entrasync_log_level(rawValue: UInt32(level.rawValue)), message, user_data)
    }
  }
}

@implementation @c
public func entrasync_client_free(_ client: OpaquePointer?) {
  Handle.free(client)
}
