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

extension ClientCheck {
  /// Says when the credential ends, once Graph has answered.
  ///
  /// - Parameter run: The run, whose groups were read.
  func lookAtEnd(_ run: Run) {
    guard let used = client.tokens.used else { return }
    let (stage, now) = (used.configuration, Clock.wall)
    let noun = "\(stage.credentialNoun) of \(stage.credentialKeys)"
    var asked: CredentialEnd?
    var reason = "it shows no such secret"
    if let secret = used.secret {
      var memory = client.memory(of: used)
      switch client.askEnd(of: secret, run) {
      case .success(let end): asked = end
      case .failure(let error): reason = error.serverCode ?? "no answer"
      }
      // A check makes no file; what runs remember is brought up to date.
      if memory?.graph != nil { memory?.keep(asked, at: now) }
    }
    let own = used.end
    if let asked, let own, asked.day.prefix(10) != own.day {
      steps.append(
        CheckStep(
          .credential, .doubtful,
          "\(stage.keyAndLine(.secretExpires)) is \(own.day), but Graph says that the client secret "
            + "ends on \(asked.day); correct the date"))
    }
    guard let end = own ?? asked else {
      if used.secret != nil {
        pass(
          .credential,
          "when \(noun) ends is not known, since Graph does not show it"
            + " (\(reason)); a line SECRETEXPIRES = with the date tells it")
      }
      return
    }
    // What the check of the files has said already is not said twice.
    let text = end.text(at: now, of: stage)
    guard !steps.contains(where: { $0.text == text }) else { return }
    if end.isNear(at: now), client.configuration.succeeding == nil || stage.usesNext {
      steps.append(CheckStep(.credential, .doubtful, text))
    } else {
      pass(.credential, "\(noun) ends \(end.phrase(at: now))")
    }
  }
}
