// These functions have the names that C knows. include/entrasync.h documents them.
// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

import CEntraSync
import EntraSync
import EntraSyncIO

/// What `entrasync_client` points to.
final class ClientHandle {
  let client: Client
  private(set) var warnings: [BorrowedText] = []
  private var said: Set<String> = []
  let attributes: [BorrowedText]

  init(_ client: Client) {
    self.client = client
    attributes = client.configuration.queryFilter.fields.map { BorrowedText($0.name) }
    warn(client.configuration.warnings)
  }

  /// Adds warnings that are not there yet. The texts of the others stay where they are.
  func warn(_ warnings: [String]) {
    let path = client.configuration.path.singleLine
    for warning in warnings where said.insert(warning).inserted {
      self.warnings.append(BorrowedText("\(path): \(warning)"))
    }
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
public func entrasync_client_follow(_ client: OpaquePointer?, _ earlier: OpaquePointer?) {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  ClientHandle.of(client)?.client.follow(ClientHandle.of(earlier)?.client)
}

@implementation @c
public func entrasync_client_get_warning_count(_ client: OpaquePointer?) -> Int {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return ClientHandle.of(client)?.warnings.count ?? 0
}

@implementation @c
public func entrasync_client_get_warning(
  _ client: OpaquePointer?, _ index: Int, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return (ClientHandle.of(client)?.warnings ?? []).pointer(index, length)
}

@implementation @c
public func entrasync_client_get_credential_end(_ client: OpaquePointer?) -> Int64 {
  var end: Int64 = 0
  _ = attempt(nil) { () throws(EntraSyncError) in
    let time = try require(ClientHandle.of(client), "client").client.credentialEnd() ?? 0
    end = Int64(max(0, min(time, 1e15)))
  }
  return end
}

@implementation @c
public func entrasync_client_check_credential(
  _ client: OpaquePointer?, _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> entrasync_status {
  attempt(error) { () throws(EntraSyncError) in
    let handle = try require(ClientHandle.of(client), "client")
    handle.warn(try handle.client.checkCredential())
  }
}

@implementation @c
public func entrasync_client_get_attribute_count(_ client: OpaquePointer?) -> Int {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return ClientHandle.of(client)?.attributes.count ?? 0
}

@implementation @c
public func entrasync_client_get_attribute(
  _ client: OpaquePointer?, _ index: Int, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar> {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  return (ClientHandle.of(client)?.attributes ?? []).pointer(index, length)
}

@implementation @c
public func entrasync_client_set_progress(
  _ client: OpaquePointer?, _ callback: entrasync_progress_callback?,
  _ user_data: UnsafeMutableRawPointer?
) {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  ClientHandle.of(client)?.client.observer.progress = callback.map { callback in
    { progress in
      progress.lend { lent in ForkGate.outside { callback(lent, user_data) == 0 } }
    }
  }
}

@implementation @c
public func entrasync_client_set_log(
  _ client: OpaquePointer?, _ callback: entrasync_log_callback?,
  _ user_data: UnsafeMutableRawPointer?
) {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  ClientHandle.of(client)?.client.observer.log = callback.map { callback in
    { level, message in
      ForkGate.outside {
        callback(entrasync_log_level(rawValue: UInt32(level.rawValue)), message, user_data)
      }
    }
  }
}

@implementation @c
public func entrasync_client_set_log_level(
  _ client: OpaquePointer?, _ level: entrasync_log_level
) {
  let visit = ForkGate.visit()
  defer { ForkGate.end(visit) }
  guard let level = Int32(exactly: level.rawValue).flatMap(LogLevel.init) else { return }
  ClientHandle.of(client)?.client.observer.logLevel = level
}

@implementation @c
public func entrasync_client_free(_ client: OpaquePointer?) {
  Handle.free(client)
}
