/// Why a simulator did not start.
public enum SimulatorError: Error, Equatable, CustomStringConvertible {
  /// The port cannot be listened on.
  case cannotListen(port: UInt16, reason: String)

  /// One line that says what is wrong.
  public var description: String {
    switch self {
    case .cannotListen(let port, let reason):
      "cannot listen on 127.0.0.1, port \(port): \(reason)"
    }
  }
}
