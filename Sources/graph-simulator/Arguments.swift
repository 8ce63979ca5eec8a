import ArgumentParser
import Foundation
import GraphSimulator

/// A group's id on the command line, where a built-in group's name will do.
struct GroupID: ExpressibleByArgument {
  let id: String

  init(id: String) {
    self.id = id
  }

  init?(argument: String) {
    guard let id = BuiltInGroup.id(of: argument) else { return nil }
    self.id = id
  }

  var defaultValueDescription: String { id }
}

/// Permissions on the command line, comma-separated.
struct RoleNames: ExpressibleByArgument {
  let roles: [Role]

  init(roles: [Role]) {
    self.roles = roles
  }

  init?(argument: String) {
    roles = argument.split(separator: ",").compactMap { Role(rawValue: String($0)) }
    guard roles.count == argument.split(separator: ",").count else { return nil }
  }

  var defaultValueDescription: String { roles.map(\.rawValue).joined(separator: ",") }
}

/// A file that the command line names: the client secret, because everybody can see a command
/// line, and the certificate.
enum TextFile {
  /// Why there is no text.
  struct Unreadable: Error, CustomStringConvertible {
    let description: String
  }

  /// What the file holds, without a newline at its end.
  static func read(_ path: String, _ what: String) throws -> String {
    guard var text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw Unreadable(description: "cannot read the \(what) file \(path) as text")
    }
    while text.last?.isNewline == true { text.removeLast() }
    return text
  }
}
