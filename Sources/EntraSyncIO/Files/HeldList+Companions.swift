import EntraSync
import Glibc

/// A file beside a list, by the ending that its name has after the list's.
enum Companion: String, CaseIterable {
  /// Makes the next run accept its change.
  case acceptance = ".accept"
  /// What a stopped run would have written.
  case proposal = ".proposed"
  /// What it would have changed, to be read.
  case proposalText = ".proposed.diff"
}

extension Path {
  /// The path of a list's companion.
  func companion(_ companion: Companion) -> Path { appending(companion.rawValue) }
}

/// The files beside a list by which a run and a person talk about a change that the guard stopped.
extension HeldList {
  /// Makes the next run accept its change: `LIST.accept`.
  var acceptance: Path { target.companion(.acceptance) }
  /// What the stopped run would have written: `LIST.proposed`.
  var proposal: Path { target.companion(.proposal) }
  /// What would have changed, to be read: `LIST.proposed.diff`.
  var proposalText: Path { target.companion(.proposalText) }

  /// Takes the acceptance away, so that it counts for this run and for no later one.
  ///
  /// - Throws: `.file` for one that cannot be taken away, which would count for ever.
  /// - Returns: Whether there was one.
  func takeAcceptance() throws(EntraSyncError) -> Bool {
    do {
      // A disk that may only be read refuses to remove even what is not there.
      guard try isThere(acceptance) else { return false }
      try remove(acceptance)
      // A power failure must not bring it back.
      sync()
      return true
    } catch {
      throw EntraSyncError(
        .file,
        "the list was left as it is: \(acceptance.text.singleLine) cannot be taken away "
          + "(\(error.reason)); remove it"
      ).about(path.text)
    }
  }

  /// What a stopped run wanted to write, which a person has accepted since.
  ///
  /// - Returns: `nil` where there is no proposal, or none that can be read.
  func proposed() -> [UInt8]? { try? readFile(proposal.name)?.content }

  /// Keeps what a stopped run wanted to do.
  ///
  /// - Parameters:
  ///   - content: What it would have written.
  ///   - text: What would have changed, to be read.
  /// - Throws: An ``Errno``; there is no half proposal then.
  func keepProposal(_ content: [UInt8], text: [UInt8]) throws(Errno) {
    do {
      try put(content, as: proposal.name)
      try put(text, as: proposalText.name)
    } catch {
      removeProposal()
      throw error
    }
  }

  /// Takes the proposal of an earlier run away, which is out of date.
  func removeProposal() {
    for path in [proposal, proposalText] { try? remove(path) }
  }
}
