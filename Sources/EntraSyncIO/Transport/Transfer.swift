import CCurl
import EntraSync

/// One request, from the moment it is sent until its answer has been read.
final class Transfer {
  /// The body's reader.
  let reader: AnswerReader
  /// libcurl's handle, which this object owns.
  let easy: UnsafeMutableRawPointer
  /// Whether libcurl has finished with it.
  private(set) var isFinished = false
  /// Whether nobody waits for it any more.
  private(set) var isAbandoned = false
  /// How many bytes of the body were received, after decompression.
  private(set) var bytes = 0
  /// When it was prepared, on the monotonic clock.
  let began = Clock.monotonic
  /// When something was received last; `nil` before anything was.
  private(set) var heard: Double?
  /// What is sent.
  let request: HTTPRequest

  /// What libcurl's handle points to.
  private let authorities: Authorities?
  /// The configuration, whose keys and lines messages name.
  let configuration: Configuration
  private var head = AnswerHead()
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private let errorText: UnsafeMutablePointer<CChar>
  private var failure: Ending?
  private var watch: TransferWatch
  /// Whether the end of the run's time stopped it.
  private var isOverdue = false
  /// Whether the rest of a refusal was not wanted.
  private var isCut = false
  /// Whether a proxy may be shown a Kerberos ticket.
  private(set) var triesNegotiate: Bool
  private var speaksHTTP2 = false
  /// What happened, if a connection over HTTP/2 did not bring the answer.
  private(set) var http2Fault: String?

  /// How a transfer ended.
  enum Ending {
    /// With an answer, whose status may be anything.
    case answered
    /// With no whole answer. Another try may succeed.
    case broken(EntraSyncError)
    /// With a failure that another try would meet again.
    case failed(EntraSyncError)
  }

  /// Prepares a request; it is sent when it is handed to a ``Transport``.
  ///
  /// - Parameters:
  ///   - request: What to send.
  ///   - reader: What reads the answer.
  ///   - options: How to reach the server.
  /// - Throws: `.network` when libcurl has no memory, or does not take an option.
  init(
    _ request: HTTPRequest, reader: AnswerReader, options: TransportOptions
  ) throws(EntraSyncError) {
    guard let easy = curl_easy_init() else { throw Transfer.outOfMemory }
    self.easy = easy
    self.request = request
    self.reader = reader
    configuration = options.configuration
    authorities = options.authorities
    watch = TransferWatch(until: Clock.monotonic + options.remaining)
    triesNegotiate = options.habits.triesNegotiate
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    for line in request.headers {
      guard let longer = curl_slist_append(headerList, line) else { throw Transfer.outOfMemory }
      headerList = longer
    }
    var settings = TransferOptions(of: easy)
    options.apply(to: &settings)
    request.apply(to: &settings, headers: headerList)
    setCallbacks(&settings)
    try settings.check()
  }

  deinit {
    HeldSignals.during(.all) { curl_easy_cleanup(easy) }
    curl_slist_free_all(headerList)
    errorText.deallocate()
  }

  private static var outOfMemory: EntraSyncError {
    EntraSyncError(.network, "libcurl cannot prepare a request; is there enough memory?")
  }

  private func setCallbacks(_ settings: inout TransferOptions) {
    let context = UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
    settings.set(CURLOPT_ERRORBUFFER, UnsafeRawPointer(errorText))
    settings.set(CURLOPT_WRITEDATA, context)
    settings.set("WRITEFUNCTION") {
      shim_easy_set_callback($0, CURLOPT_WRITEFUNCTION, receiveBody)
    }
    settings.set(CURLOPT_HEADERDATA, context)
    settings.set("HEADERFUNCTION") {
      shim_easy_set_callback($0, CURLOPT_HEADERFUNCTION, receiveHeader)
    }
    settings.set(CURLOPT_XFERINFODATA, context)
    settings.set("XFERINFOFUNCTION") { shim_easy_set_progress($0, receiveProgress) }
    settings.set(CURLOPT_NOPROGRESS, 0)
  }

  /// The headers that are needed, by their names in lower case.
  var headers: [String: String] { head.values }
  /// The values of the answer's `WWW-Authenticate` headers, in their order.
  var challenges: [String] { head.challenges }

  /// The answer's HTTP status; 0 before there is one.
  var httpStatus: Int { shim_easy_get_long(easy, CURLINFO_RESPONSE_CODE) }

  /// How it ended, in the transfer itself or in reading its answer.
  var ending: Ending { failure ?? .answered }

  /// How long the server asks to wait, in seconds; `nil` without a time that can be read.
  var retryAfter: Double? {
    headers["retry-after"].flatMap { RetryAfter.seconds($0, now: Clock.wall) }
  }

  /// The absolute URL of the answer's Location; `nil` without one.
  var redirectTarget: String? {
    guard let target = shim_easy_get_string(easy, CURLINFO_REDIRECT_URL) else { return nil }
    return String(cString: target)
  }

  /// Whether the answer came over HTTP/2.
  private(set) var isOverHTTP2 = false

  /// Whether it is no longer on its way.
  var isOver: Bool { isFinished || isAbandoned }

  /// Notes that nobody waits for it any more.
  func abandon() { isAbandoned = true }

  /// Notes that libcurl is about to move the transfer on.
  func beginStep() { watch.beginStep() }

  /// Whether libcurl has to begin once more, since a proxy offers Negotiate, for which this process
  /// has no ticket that the proxy takes, and something else as well, which takes a password.
  /// Nothing has been sent to the server then.
  ///
  /// - Parameter code: How it ended.
  /// - Returns: Whether it is ready to begin again.
  func beginsAgain(after code: CURLcode) -> Bool {
    guard code != CURLE_OK, failure == nil, triesNegotiate,
      shim_easy_get_long(easy, CURLINFO_HTTP_CONNECTCODE) == 407,
      shim_easy_proxy_offers_both(easy) == 1,
      shim_easy_set_proxy_methods(easy, 0) == CURLE_OK
    else { return false }
    triesNegotiate = false
    return true
  }

  /// Notes what libcurl says at the end.
  ///
  /// - Parameter code: How it ended.
  func finish(_ code: CURLcode) {
    isFinished = true
    // libcurl itself asks again over HTTP/1.1 where a server requires that.
    let version = shim_easy_get_long(easy, CURLINFO_HTTP_VERSION)
    isOverHTTP2 = version == Int(CURL_HTTP_VERSION_2_0)
    if speaksHTTP2, version == Int(CURL_HTTP_VERSION_1_1) {
      http2Fault = "HTTP_1_1_REQUIRED"
    }
    guard code != CURLE_OK, failure == nil, !isCut else { return }
    var end = TransportFailure(
      isOverdue ? CURLE_OPERATION_TIMEDOUT : code, of: easy, words: String(cString: errorText),
      silence: Clock.monotonic - (heard ?? began))
    end.proxyMethods = head.proxyMethods
    end.server = request.server
    end.shortage = DescriptorShortage.find()
    let error =
      request.service.map { end.fault.error(asking: $0, detail: end.detail, configuration) }
      ?? end.error(reaching: request.server, configuration: configuration)
    failure = end.fault.mayPass ? .broken(error) : .failed(error)
    if speaksHTTP2, end.fault.breaksHTTP2, !isOverdue { http2Fault = end.detail }
  }

  /// Receives bytes of the body. A failure is kept for ``ending`` and stops the transfer.
  fileprivate func receive(_ body: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes += body.count
    let status = httpStatus
    switch BodyBound(
      httpStatus: status, bytes: bytes,
      received: shim_easy_get_offset(easy, CURLINFO_SIZE_DOWNLOAD_T))
    {
    case .within: break
    case .enough:
      isCut = true
      return false
    case .exceeded(let error):
      failure = .broken(error)
      return false
    }
    do {
      try reader.consume(body, httpStatus: status)
    } catch {
      failure = .broken(error)
      return false
    }
    return note()
  }

  /// Receives one line of a head or trailer. A failure is kept for ``ending`` and stops the
  /// transfer.
  fileprivate func receiveHead(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    do {
      try head.receive(line)
    } catch {
      failure = .broken(error)
      return false
    }
    let status = httpStatus
    // There is no status before the server's, so this is not about a proxy's answer.
    if head.isComplete, !head.isReadable, status >= 200 {
      if status == 200 { failure = .broken(AnswerHead.unreadable) } else { isCut = true }
      return false
    }
    return note()
  }

  /// Notes that something was received, and looks at the time.
  private func note() -> Bool {
    let now = Clock.monotonic
    heard = now
    return judge(now)
  }

  private func judge(_ now: Double) -> Bool {
    switch watch.judge(now: now, isAnswered: httpStatus != 0) {
    case .goesOn: return true
    case .overdue: isOverdue = true
    case .endlessProxy: failure = .broken(AnswerHead.endlessProxy)
    }
    return false
  }

  /// Is called often while the transfer is under way, also where nothing else is.
  fileprivate func goesOn() -> Bool {
    if !speaksHTTP2, httpStatus == 0 { speaksHTTP2 = shim_easy_speaks_http2(easy) == 1 }
    return judge(Clock.monotonic)
  }
}

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
  context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

private let receiveBody: curl_write_callback = { pointer, size, count, context in
  let length = size * count
  guard let pointer, let transfer = transfer(context) else { return 0 }
  return pointer.withMemoryRebound(to: UInt8.self, capacity: length) {
    transfer.receive(UnsafeBufferPointer(start: $0, count: length)) ? length : 0
  }
}

private let receiveHeader: curl_write_callback = { pointer, size, count, context in
  let length = size * count
  guard let pointer, let transfer = transfer(context) else { return 0 }
  return pointer.withMemoryRebound(to: UInt8.self, capacity: length) {
    transfer.receiveHead(UnsafeBufferPointer(start: $0, count: length)) ? length : 0
  }
}

private let receiveProgress: curl_xferinfo_callback = { context, _, _, _, _ in
  transfer(context)?.goesOn() == true ? 0 : 1
}
