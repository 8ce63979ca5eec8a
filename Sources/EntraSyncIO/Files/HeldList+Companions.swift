import EntraSync
import Glibc

/// A file beside a list. Its name is the list's with an ending.
enum Companion: String, CaseIterable {
  /// A person puts it there, and the next run may make its change.
  case acceptance = ".accept"
  /// What a run that the guard stopped would have written.
  case proposal = ".proposed"
  /// What that run would have changed, for a person to read.
  case proposalText = ".proposed.diff"
}

extension Path {
  /// The path of a list's companion.
  func companion(_ companion: Companion) -> Path { appending(companion.rawValue) }
}

/// The files beside a list about a change that the guard stopped: a run proposes, a person accepts.
extension HeldList {
  /// A person's acceptance of the next change: `LIST.accept`.
  var acceptance: Path { target.companion(.acceptance) }
  /// What a stopped run would have written: `LIST.proposed`.
  var proposal: Path { target.companion(.proposal) }
  /// What it would have changed, for a person to read: `LIST.proposed.diff`.
  var proposalText: Path { target.companion(.proposalText) }

  /// What a person has accepted, with a file beside the list or through the caller.
  struct Consent {
    /// Whether a file accepted a change, and was removed for that.
    var isTaken = false
    /// What is accepted; `nil` for nothing.
    var acceptance: Acceptance?
    /// Why nothing is accepted, if somebody tried to.
    var flaw: String?
    /// What a person should know: files that do not count, and why. Each is one line.
    var remarks: [String] = []
  }

  /// Takes the acceptance away, so that it counts for this run and for no later one, and reads what
  /// it accepts. Nothing that is there keeps a run from its work.
  ///
  /// - Parameter isCallers: Whether the caller accepts a change, too. That needs the same proposal.
  /// - Returns: What is accepted.
  func takeAcceptance(isCallers: Bool = false) -> Consent {
    var consent = Consent()
    let looks = Companion.allCases.map { ($0, look(at: $0)) }
    for case (let companion, .flawed(let flaw)) in looks {
      let name = target.companion(companion).text.singleLine
      consent.remarks.append("\(name) is ignored, since it \(flaw); remove it")
    }
    let name = acceptance.text.singleLine
    var accepted: timespec?
    if case .sound(let modified) = looks[0].1 {
      accepted = modified
      do {
        try remove(acceptance)
        // A power failure must not bring it back.
        sync()
        consent.isTaken = true
      } catch {
        // It would count for every run.
        consent.remarks.append(
          "\(name) does not count, since it \(error.removalProblem); remove it")
      }
    }
    guard consent.isTaken || isCallers else { return consent }
    if let accepted, !isCallers, case .sound(let shown) = looks[2].1, accepted < shown {
      consent.flaw =
        "it is older than \(proposalText.text.singleLine); look at that, and accept it anew"
    } else if let proposed = content(of: .proposal, limit: HeldList.limit),
      let text = content(of: .proposalText, limit: 4 * HeldList.limit)
    {
      consent.acceptance = Acceptance(proposal: proposed, text: text)
      if consent.acceptance == nil {
        consent.flaw =
          "\(proposal.text.singleLine) and \(proposalText.text.singleLine) do not agree"
      }
    } else {
      consent.flaw = "no stopped run has left a proposal that can be read"
    }
    if consent.isTaken, let flaw = consent.flaw {
      consent.remarks.append("\(name) accepted nothing: \(flaw)")
    }
    return consent
  }

  /// What is found of a companion.
  private enum Look {
    case missing
    case sound(modified: timespec)
    case flawed(String)
  }

  private func look(at companion: Companion) -> Look {
    do {
      let status = try system.status(of: target.companion(companion).name, in: location.folder)
      return flaw(of: status).map { .flawed($0) } ?? .sound(modified: status.st_mtim)
    } catch {
      // With its ending added, the name can be too long for the file system.
      return [ENOENT, ENAMETOOLONG].contains(error.code)
        ? .missing : .flawed("cannot be looked at (\(error.reason))")
    }
  }

  /// Why a file is not trusted: somebody but root and this user may have made or changed it.
  private func flaw(of status: stat) -> String? {
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFLNK: return "is a symbolic link"
    case S_IFDIR: return "is a folder"
    default: return "is not a regular file"
    }
    guard status.st_uid == 0 || status.st_uid == system.user else {
      return "belongs to user id \(status.st_uid)"
    }
    guard status.st_nlink == 1 else { return "has a hard link" }
    // If there is an access list, the group's bits are the most that anybody named there may do.
    guard status.st_mode & 0o022 == 0 else {
      return "can be changed by other users (mode \(String(status.st_mode & 0o777, radix: 8)))"
    }
    return nil
  }

  /// What a companion holds; `nil` if it is missing, cannot be read or is not trusted.
  private func content(of companion: Companion, limit: Int) -> [UInt8]? {
    guard case .sound = look(at: companion) else { return nil }
    guard
      let descriptor = try? system.openForReading(
        target.companion(companion).name, in: location.folder)
    else { return nil }
    // It may be another file by now.
    guard let status = try? system.status(descriptor), flaw(of: status) == nil else { return nil }
    return try? RegularFile(descriptor, limit: limit, system: system).content
  }

  /// Keeps what a stopped run wanted to do. The files belong to this user, who alone may change
  /// them, and those who may read the list may read them.
  ///
  /// - Parameters:
  ///   - content: What it would have written.
  ///   - text: What would have changed, for a person to read.
  /// - Throws: An ``Errno``; no part of the proposal is left then.
  func keepProposal(_ content: [UInt8], text: [UInt8]) throws(Errno) {
    do {
      try put(content, as: proposal.name)
      try put(text, as: proposalText.name)
    } catch {
      removeProposal()
      throw error
    }
  }

  /// Removes the proposal of an earlier run, which is out of date. What is no file stays.
  func removeProposal() {
    for path in [proposal, proposalText] {
      guard let status = try? system.status(of: path.name, in: location.folder),
        status.st_mode & S_IFMT == S_IFREG
      else { continue }
      try? remove(path)
    }
  }
}

private func < (left: timespec, right: timespec) -> Bool {
  (left.tv_sec, left.tv_nsec) < (right.tv_sec, right.tv_nsec)
}
