import Glibc

@testable import EntraSyncIO

/// Makes the system fail at one call of many, and counts the calls.
final class SystemFaults {
  /// The calls that were made, in order.
  private(set) var calls: [SystemCalls.Name] = []
  /// At which call something goes wrong, counted from 1, and what.
  private let target: (number: Int, fault: SystemCalls.Fault)?

  /// Nothing goes wrong, or one thing at one call.
  init(at number: Int? = nil, _ fault: SystemCalls.Fault = .error(EIO)) {
    target = number.map { ($0, fault) }
  }

  /// The system with this fault in it.
  var system: SystemCalls {
    var system = SystemCalls()
    system.fault = { name in
      self.calls.append(name)
      guard let target = self.target, target.number == self.calls.count else { return nil }
      return target.fault
    }
    return system
  }

  /// The call at which it goes wrong, once that was made.
  var struck: SystemCalls.Name? {
    guard let number = target?.number, number <= calls.count else { return nil }
    return calls[number - 1]
  }
}
