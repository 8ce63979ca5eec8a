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
  private var head = AnswerHead()
  /// How many bytes of the body were received, after decompression.
  private(set) var bytes = 0
  /// When it was prepared, on the monotonic clock.
  let began = Clock.monotonic
  /// When something was received last; `nil` before anything was.
  private(set) var heard: Double?
  /// What is sent.
  let request: HTTPRequest

  /// The configuration, whose keys and lines messages name.
  let configuration: Configuration
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private let errorText: UnsafeMutablePointer<CChar>
  private var failure: Ending?

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
  /// - Throws: `.network` when libcurl has no memory.
  init(
    _ request: HTTPRequest, reader: AnswerReader, options: TransportOptions
  ) throws(EntraSyncError) {
    guard let easy = curl_easy_init() else { throw Transfer.outOfMemory }
    self.easy = easy
    self.request = request
    self.reader = reader
    configuration = options.configuration
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    options.apply(to: easy)
    guard prepare() else { throw Transfer.outOfMemory }
  }

  deinit {
    HeldSignals.during(.all) { curl_easy_cleanup(easy) }
    curl_slist_free_all(headerList)
    errorText.deallocate()
  }

  private static var outOfMemory: EntraSyncError {
    EntraSyncError(.network, "libcurl cannot prepare a request; is there enough memory?")
  }

  /// The headers that are needed, by their names in lower case.
  var headers: [String: String] { head.values }
  /// The values of the answer's `WWW-Authenticate` headers, in their order.
  var challenges: [String] { head.challenges }

  /// The answer's HTTP status; 0 before there is one.
  var httpStatus: Int { shim_easy_get_long(easy, CURLINFO_RESPONSE_CODE) }

  /// Notes what libcurl says at the end.
  ///
  /// - Parameter code: How the transfer ended.
  func finish(_ code: CURLcode) {
    isFinished = true
    guard code != CURLE_OK, failure == nil else { return }
    let end = TransportFailure(
      code, of: easy, words: String(cString: errorText),
      silence: Clock.monotonic - (heard ?? began))
    let error = end.error(reaching: request.server, configuration: configuration)
    failure = end.fault.mayPass ? .broken(error) : .failed(error)
  }

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

  private func prepare() -> Bool {
    let context = Unmanaged.passUnretained(self).toOpaque()
    var codes = [
      shim_easy_set_string(easy, CURLOPT_URL, request.url),
      shim_easy_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText),
      shim_easy_set_pointer(easy, CURLOPT_WRITEDATA, context),
      shim_easy_set_callback(easy, CURLOPT_WRITEFUNCTION, receiveBody),
      shim_easy_set_pointer(easy, CURLOPT_HEADERDATA, context),
      shim_easy_set_callback(easy, CURLOPT_HEADERFUNCTION, receiveHeader),
    ]
    var lines = ["Accept: application/json"]
    if let token = request.token {
      let value = token.withBytes { String(decoding: $0, as: UTF8.self) }
      lines.append("Authorization: Bearer \(value)")
    }
    if request.retries > 0 { lines.append("Retry-Attempt: \(request.retries)") }
    if request.json != nil { lines.append("Content-Type: application/json") }
    for line in lines {
      guard let longer = curl_slist_append(headerList, line) else { return false }
      headerList = longer
    }
    codes.append(shim_easy_set_list(easy, CURLOPT_HTTPHEADER, headerList))
    // libcurl does not copy the form; the request keeps it alive.
    request.form?.withBytes { form in
      codes.append(shim_easy_set_long(easy, CURLOPT_POSTFIELDSIZE, form.count))
      codes.append(shim_easy_set_pointer(easy, CURLOPT_POSTFIELDS, form.baseAddress))
    }
    if let json = request.json {
      codes.append(shim_easy_set_long(easy, CURLOPT_POSTFIELDSIZE, json.utf8.count))
      codes.append(shim_easy_set_string(easy, CURLOPT_COPYPOSTFIELDS, json))
    }
    return codes.allSatisfy { $0 == CURLE_OK }
  }

  /// Receives bytes of the body. A failure is kept for ``ending`` and stops the transfer.
  fileprivate func receive(_ body: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes += body.count
    heard = Clock.monotonic
    do {
      try reader.consume(body, httpStatus: httpStatus)
      return true
    } catch {
      failure = .broken(error)
      return false
    }
  }

  /// Receives one line of a head or trailer. A failure is kept for ``ending`` and stops the
  /// transfer.
  fileprivate func receiveHead(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    heard = Clock.monotonic
    do {
      try head.receive(line)
      return true
    } catch {
      failure = .broken(error)
      return false
    }
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
