import EntraSync

/// Graph as one run of a client reaches it.
struct GraphService {
  /// Where it is.
  let configuration: Configuration
  /// The run whose requests it answers.
  let run: Run
  /// Where tokens come from.
  let tokens: TokenSource
  /// The token of the next request.
  let token: RunToken
  /// When to ask again.
  let policy: RetryPolicy
  /// How many requests may be on their way at once.
  let pace: RequestPace

  /// Describes it. Nothing is sent yet.
  ///
  /// - Parameters:
  ///   - configuration: Where Graph is.
  ///   - run: The run.
  ///   - tokens: Where tokens come from.
  ///   - policy: When to ask again; without one, as the run does.
  ///   - pace: How many requests may be on their way at once, if that is shared.
  init(
    _ configuration: Configuration, run: Run, tokens: TokenSource, policy: RetryPolicy? = nil,
    pace: RequestPace = RequestPace()
  ) {
    self.configuration = configuration
    self.run = run
    self.tokens = tokens
    token = RunToken(from: tokens, for: run)
    self.policy = policy ?? run.limits.retry
    self.pace = pace
  }
}
