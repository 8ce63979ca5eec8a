import EntraSync

extension ClientCheck {
  /// Looks at the credential that was accepted, and tries the next one, if there is one.
  ///
  /// - Parameter run: The run, after the sign-in.
  /// - Throws: `.cancelled` and `.timeout`.
  func lookAtCredential(_ run: Run) throws(EntraSyncError) {
    if let warning = client.tokens.warning {
      steps.append(CheckStep(.credential, .doubtful, warning))
    } else if let next = client.configuration.succeeding {
      do throws(EntraSyncError) {
        try client.tokens.prove(next, run)
        pass(.credential, "the next one, \(next.credentialKeys), is accepted too")
      } catch {
        if error.endsRun { throw error }
        steps.append(
          CheckStep(
            .credential, .doubtful,
            "the next one, \(next.credentialKeys), is of no use: \(run.presentable(error).message)")
        )
      }
    }
  }
}
