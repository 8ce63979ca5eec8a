import EntraSync

/// One run of a client: its transport, its time and its observer.
final class Run {
  /// How often the observer is told, in seconds.
  private static let interval = 0.2

  /// What has been read so far.
  var progress = Progress()
  /// The figures of the run.
  var report = Report()
  /// Sends the run's requests.
  let transport: Transport
  /// How long to wait for a server.
  let limits: Limits
  /// Reads the answers, one at a time.
  let parser = JSONParser()

  private var watch = SilenceWatch()
  private var secrets: [Secret] = []
  private let configuration: Configuration
  private let authorities: Authorities?
  /// What it shares with the runs of a batch.
  private let company: Company?
  private let observer: Observer
  /// What earlier runs for the same list have read, which an observer does not want to see fall.
  private let earlier: Progress
  /// When it began; `nil` as long as it only reads ahead.
  private var began: Double?
  private var told = -Double.infinity
  /// When the run has to end, in its seconds.
  private var end: Double

  /// Begins a run.
  ///
  /// - Parameters:
  ///   - configuration: The configuration with the TIMEOUT.
  ///   - authorities: The authorities of CAFILE; `nil` for the system's.
  ///   - observer: Is told what the run does.
  ///   - limits: How long to wait for a server.
  ///   - company: What it shares with the runs of a batch.
  ///   - transport: A transport whose connections are open; without it, the run makes its own.
  ///   - earlier: What earlier runs for the same list have read.
  ///   - readsAhead: Whether its time does not run yet.
  /// - Throws: `.network` when libcurl cannot be used.
  init(
    _ configuration: Configuration, authorities: Authorities? = nil, observer: Observer,
    limits: Limits, in company: Company? = nil, transport: Transport? = nil,
    after earlier: Progress = Progress(),
    readsAhead: Bool = false
  ) throws(EntraSyncError) {
    self.earlier = earlier
    progress = earlier
    self.configuration = configuration
    self.authorities = authorities
    self.observer = observer
    self.limits = limits
    self.company = company
    end = Double(configuration.timeout)
    began = readsAhead ? nil : Clock.monotonic
    self.transport = if let transport { transport } else { try Transport() }
    if !readsAhead { self.transport.beginRun() }
  }

  /// Lets its time run from now on, if it does not yet.
  func begin() { began = began ?? Clock.monotonic }

  /// Whether its time runs.
  var hasBegun: Bool { began != nil }

  /// Seconds since the run began.
  var elapsed: Double { began.map { Clock.monotonic - $0 } ?? 0 }

  /// Seconds that are left of TIMEOUT, or of the time that ``within(_:_:)`` gives.
  var remaining: Double { end - elapsed }

  /// Does a part of the run that may not take all the time that is left.
  ///
  /// - Parameters:
  ///   - seconds: How long it may take.
  ///   - body: What to do.
  /// - Throws: `.timeout` after that time, and what `body` throws.
  /// - Returns: What `body` returns.
  func within<Result>(
    _ seconds: Double, _ body: () throws(EntraSyncError) -> Result
  ) throws(EntraSyncError) -> Result {
    let whole = end
    defer { end = whole }
    end = min(end, elapsed + seconds)
    return try body()
  }

  /// Writes a line to the log, with the configuration's file in front, and without secrets.
  func log(_ level: LogLevel, _ message: String) {
    // In a child that a callback has forked, the call ends at its next step.
    guard let log = observer.log(of: level), transport.origin.isHere else { return }
    let shown = secrets.reduce(message) { $0.removing($1) }
    transport.calling { log(level, "\(configuration.path.singleLine): \(shown)") }
  }

  /// Notes a secret that no error of this run may show.
  func keepSecret(_ secret: Secret) {
    // The same token comes with every page.
    if !secrets.contains(where: { $0 === secret }) { secrets.append(secret) }
  }

  /// An error of this run, without the secrets that it may not show.
  func presentable(_ error: EntraSyncError) -> EntraSyncError {
    error.removing(secrets)
  }

  /// Sends a request.
  ///
  /// - Parameters:
  ///   - request: What to send.
  ///   - reader: Reads the answer.
  /// - Throws: `.network` when libcurl has no memory; in a batch, the error of the run that has
  ///   found the server dead.
  /// - Returns: The transfer, which moves on with each ``advance(waitingAtMost:)``.
  func send(_ request: HTTPRequest, reader: AnswerReader) throws(EntraSyncError) -> Transfer {
    if let error = company?.objection(
      to: request.server, for: configuration, at: Clock.monotonic)
    {
      log(.info, "\(request.server) was dead a moment ago and is not asked again")
      throw error
    }
    let options = TransportOptions(
      configuration, authorities: authorities, url: request.url, isLocal: request.service != nil,
      limits: limits, remaining: remaining, habits: transport.habits)
    let transfer = try Transfer(request, reader: reader, options: options)
    try transport.start(transfer)
    watch.noteStart(of: transfer)
    report.requests += 1
    return transfer
  }

  /// Notes for the batch which server the run has given up, if it has given up one that has
  /// answered nothing.
  func noteDeadServer(after error: EntraSyncError) {
    guard let company, error.isOutage, let server = silence?.server,
      !watch.answered.contains(server),
      company.objection(to: server, for: configuration, at: Clock.monotonic) == nil
    else { return }
    company.noteDead(server, for: configuration, presentable(error), at: Clock.monotonic)
  }

  /// Ends a request whose answer is no longer needed.
  func cancel(_ transfer: Transfer) { transport.cancel(transfer) }

  /// Ends all requests of this run that are still on their way. Connections stay open.
  func cancelAll() {
    for transfer in watch.transfers { cancel(transfer) }
    transport.endRun()
  }

  /// Which server is being waited for, also between two tries, and how long; `nil` if none is.
  var silence: Silence? {
    watch.update()
    return watch.silence
  }

  /// Lets the transfers move on, tells the observer, and checks the time.
  ///
  /// - Parameter seconds: How long to wait for something to happen.
  /// - Throws: `.cancelled` when the observer asked to stop, `.timeout` after TIMEOUT.
  func advance(waitingAtMost seconds: Double) throws(EntraSyncError) {
    try transport.advance(waitingAtMost: min(seconds, Run.interval, max(0, remaining)))
    watch.update()
    for (level, text) in transport.takeNotices() { log(level, text) }
    progress.seconds = earlier.seconds + elapsed
    if elapsed - told >= Run.interval { try tell() }
    guard remaining > 0 else {
      throw EntraSyncError.timeout(configuration, waitingFor: silence)
    }
  }

  /// Waits because a server asked for it.
  ///
  /// - Parameter delay: Seconds.
  /// - Throws: `.cancelled` and `.timeout`, as ``advance(waitingAtMost:)`` does.
  func wait(_ delay: Double) throws(EntraSyncError) {
    let end = elapsed + delay
    while elapsed < end {
      progress.waiting = end - elapsed
      try advance(waitingAtMost: end - elapsed)
    }
    progress.waiting = 0
  }

  /// Tells the observer how far the run has come.
  ///
  /// - Throws: `.cancelled` when it asked to stop.
  func tell() throws(EntraSyncError) {
    told = elapsed
    progress.bytes = earlier.bytes + report.bytes
    guard let tell = observer.progress else { return }
    let goesOn = transport.calling { tell(progress) }
    try transport.origin.check()
    guard goesOn else { throw EntraSyncError(.cancelled, "stopped on request") }
  }
}
