/// The kind of a failure. The numbers are those of `entrasync_status` and never change.
public enum Status: Int32, Sendable, CaseIterable {
  /// Success.
  case ok = 0
  /// The caller passed an argument that cannot be used.
  case invalidArgument = 1
  /// The configuration file lacks a key or has a malformed value.
  case configuration = 2
  /// A file or folder could not be read or written.
  case file = 3
  /// The server could not be reached, or the transfer broke.
  case network = 4
  /// The sign-in was refused.
  case authentication = 5
  /// The application lacks a permission in Entra ID.
  case permission = 6
  /// The group does not exist in the tenant.
  case notFound = 7
  /// Microsoft asked to wait for longer than the run may take.
  case throttled = 8
  /// The server's answer is not a valid one.
  case server = 9
  /// The change is larger than MAXREMOVED and MAXADDED allow.
  case changeGuard = 10
  /// A callback asked to stop.
  case cancelled = 11
  /// The run took longer than its TIMEOUT.
  case timeout = 12
  /// Another run holds the list.
  case busy = 13

  /// The name of the status in C and Perl.
  public var name: StaticString {
    switch self {
    case .ok: "ok"
    case .invalidArgument: "invalid_argument"
    case .configuration: "configuration"
    case .file: "file"
    case .network: "network"
    case .authentication: "authentication"
    case .permission: "permission"
    case .notFound: "not_found"
    case .throttled: "throttled"
    case .server: "server"
    case .changeGuard: "guard"
    case .cancelled: "cancelled"
    case .timeout: "timeout"
    case .busy: "busy"
    }
  }
}
