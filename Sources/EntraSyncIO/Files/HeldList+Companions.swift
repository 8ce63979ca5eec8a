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

  /// Removes the acceptance, so that it counts for this run and for no later one.
  ///
  /// - Throws: `.file` if it cannot be removed, since it would then count for every run.
  /// - Returns: Whether there was one.
  func takeAcceptance() throws(EntraSyncError) -> Bool {
    do {
      // On a read-only disk, removing a file fails even if the file does not exist.
      guard try isThere(acceptance) else { return false }
      try remove(acceptance)
      // A power failure must not bring it back.
      sync()
      return true
    } catch {
      throw EntraSyncError(
        .file,
        "the list was left as it is: \(acceptance.text.singleLine) cannot be removed "
          + "(\(error.reason)); remove it"
      ).about(path.text)
    }
  }

  /// What a stopped run wanted to write, which a person has accepted since.
  ///
  /// - Returns: `nil` if there is no proposal, or if it cannot be read.
  func proposed() -> [UInt8]? { try? readFile(proposal.name)?.content }

  /// Keeps what a stopped run wanted to do.
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

  /// Removes the proposal of an earlier run, which is out of date.
  func removeProposal() {
    for path in [proposal, proposalText] { try? remove(path) }
  }
}
