import EntraSync
import Glibc

extension StateFolder.Flaw {
  /// What is wrong with the folder, for a message that has its key in front.
  var folderProblem: String {
    switch self {
    case .system(let error): error.folderProblem
    case .foreignLink(let owner):
      "is reached by a symbolic link of user id \(owner), who may lead it anywhere; name the folder "
        + "itself"
    case .owner(let owner):
      "belongs to user id \(owner); give it to the user who runs this (user id \(geteuid()))"
    // A folder that is shared on purpose, such as /tmp, is nobody's to close.
    case .mode(let mode) where mode & 0o1000 != 0: "is shared by all users; name one of its own"
    case .mode, .secondName: "can be looked into by other users; chmod 700 it"
    case .link, .kind: Errno(code: ENOTDIR).folderProblem
    }
  }

  /// Why the file of a token was not used, for a message that has its folder in front.
  ///
  /// A run that does without it puts a new one in its place.
  var fileProblem: String {
    let what: String
    switch self {
    case .system(let error): return "cannot be read (\(error.reason)); check the disk"
    case .owner(let owner), .foreignLink(let owner): what = "its file belongs to user id \(owner)"
    case .mode(let mode): what = "its file has mode \(String(mode, radix: 8)) in place of 600"
    case .secondName: what = "its file has a second name"
    case .link: what = "its file is a symbolic link"
    case .kind: what = "its file is no regular file"
    }
    return "was not used, since \(what); see who may write there"
  }
}

extension Errno {
  /// Why the folder of STATEDIR cannot be used, for a message that has its key in front.
  fileprivate var folderProblem: String {
    switch code {
    case ENOENT: "cannot be made, since the folder above it is missing; make that folder"
    case ENOTDIR: "is no folder; name a folder"
    case EISDIR: "is no folder of its own; name one"
    case ENOSPC, EDQUOT: "cannot be made (\(reason)); make room there"
    case EROFS: "cannot be made (\(reason)); mount it for writing"
    case EMFILE, ENFILE, ENOMEM: "cannot be used (\(reason)); the next run will try again"
    default: "cannot be used (\(reason)); give it to the user who runs this (user id \(geteuid()))"
    }
  }

  /// Why a token could not be stored, for a message that has its folder in front.
  var storingProblem: String {
    switch code {
    case ENOSPC, EDQUOT: "cannot be kept there (\(reason)); make room"
    case EROFS: "cannot be kept there (\(reason)); mount it for writing"
    default: "cannot be kept there (\(reason)); check that folder"
    }
  }
}
