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

/// The client secret, which is read from a file because everybody can see a command line.
enum SecretFile {
  /// Why there is no secret.
  struct Unreadable: Error, CustomStringConvertible {
    let description: String
  }

  /// What the file holds, without a newline at its end.
  static func read(_ path: String) throws -> String {
    guard var secret = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw Unreadable(description: "cannot read the secret file \(path) as text")
    }
    while secret.last?.isNewline == true { secret.removeLast() }
    return secret
  }
}
