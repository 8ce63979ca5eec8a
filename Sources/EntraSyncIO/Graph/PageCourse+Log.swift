import EntraSync

extension PageCourse.Outcome {
  /// What the log says of an outcome that another try may mend.
  var reason: String {
    switch self {
    case .page: "whole"
    case .broken(let error), .failed(let error): error.message
    case .refused(let refusal): "HTTP \(refusal.httpStatus)"
    }
  }
}
