import EntraSync

extension LineTemplate {
  /// Reads a template that C passed.
  ///
  /// - Parameter text: UTF-8; NULL for all attributes.
  /// - Throws: `.invalidArgument`, saying what is wrong with it.
  init(cString text: UnsafePointer<CChar>?) throws(EntraSyncError) {
    guard let text else {
      self = .attributes
      return
    }
    guard let text = String(validatingCString: text) else {
      throw EntraSyncError(.invalidArgument, "the line template is not UTF-8")
    }
    try self.init(text)
  }
}
