@testable import EntraSync
@testable import EntraSyncIO

extension Reach.Refusal {
  /// What tests call it.
  var name: String {
    switch self {
    case .system(let error): error.reason
    case .outside: "outside"
    case .hardLink: "hard link"
    }
  }
}
