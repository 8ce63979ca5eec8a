import EntraSync
import Glibc

extension StateFolder {
  /// Why the folder, or a file in it, is not used.
  enum Flaw: Error {
    /// A call failed.
    case system(Errno)
    /// A user who is neither root nor this one has made a symbolic link that leads there.
    case foreignLink(owner: uid_t)
    /// The configuration may not name it.
    case reach(Reach)
    /// It belongs to another user.
    case owner(uid_t)
    /// Other users have permissions on it.
    case mode(mode_t)
    /// The file has a hard link, through which others may reach it.
    case hardLink
    /// The path is a symbolic link.
    case link
    /// The path exists but is not a regular file.
    case kind
  }
}

extension StateFolder.Flaw {
  /// What is wrong with the folder, for a message that has its key in front.
  var folderProblem: String {
    switch self {
    case .system(let error): error.folderProblem
    case .foreignLink(let owner): FileLocation.foreignLink(of: owner) + "; name the folder itself"
    case .reach(let reach): "cannot be used: \(reach.refusal)"
    case .owner(let owner):
      "belongs to user id \(owner); give it to the user who runs this (user id \(geteuid()))"
    // Nobody should close a folder that is shared on purpose, such as /tmp.
    case .mode(let mode) where mode & 0o1000 != 0: "is shared by all users; name one of its own"
    case .mode, .hardLink: "can be looked into by other users; chmod 700 it"
    case .link, .kind: Errno(code: ENOTDIR).folderProblem
    }
  }

  /// Why a file was not used, for a message that names its content and its folder in front.
  var fileProblem: String {
    let what: String
    switch self {
    case .reach(let reach): return "cannot be used: \(reach.refusal)"
    case .system(let error): return "cannot be read (\(error.reason)); check the disk"
    case .owner(let owner), .foreignLink(let owner): what = "its file belongs to user id \(owner)"
    case .mode(let mode): what = "its file has mode \(String(mode, radix: 8)) in place of 600"
    case .hardLink: what = "its file has a hard link"
    case .link: what = "its file is a symbolic link"
    case .kind: what = "its file is not a regular file"
    }
    return "was not used, since \(what); check who may write there"
  }
}

extension Errno {
  /// Why the folder of STATEDIR cannot be used, for a message that has its key in front.
  fileprivate var folderProblem: String {
    switch code {
    case ENOENT: "cannot be made, since the folder above it is missing; \(remedy)"
    case ENOTDIR: "is not a folder; \(remedy)"
    case EISDIR: "is not a folder of its own; name one"
    case ENOSPC, EDQUOT, EROFS: "cannot be made (\(reason)); \(remedy)"
    case EACCES, EPERM:
      "cannot be used (\(reason)); give it to the user who runs this (user id \(geteuid()))"
    default: "cannot be used (\(reason)); \(remedy)"
    }
  }

  /// Why a file could not be stored, for a message that names its content and its folder in front.
  var storingProblem: String {
    switch code {
    case ENOSPC, EDQUOT, EROFS: "cannot be kept there (\(reason)); \(remedy)"
    default: "cannot be kept there (\(reason)); check that folder"
    }
  }
}
