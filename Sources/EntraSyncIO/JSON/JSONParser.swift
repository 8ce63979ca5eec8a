import CYajl
import EntraSync
import Glibc

/// A streaming JSON parser: bytes in, events out. All of yajl that the project uses is in this
/// file.
///
/// It is strict: invalid UTF-8, false pairs of surrogates, nesting deeper than ``deepest``, a
/// single value longer than ``longest`` and anything after the end of the document are errors.
final class JSONParser {
  /// How many containers may be open at once.
  static let deepest = 64
  /// How many bytes one string or number may have.
  static let longest = 1 << 20

  private let state: State
  private let callbacks: UnsafeMutablePointer<yajl_callbacks>
  private let handle: yajl_handle?
  /// The document's first bytes, until it is known whether they are a byte order mark.
  private var head: [UInt8]? = []
  private var surrogates = SurrogateCheck()

  /// Whether the document began with anything that is JSON.
  var hasBegun: Bool { state.events > 0 }

  /// A parser at the start of a document.
  ///
  /// - Parameter receiver: What makes sense of the events.
  init(_ receiver: any JSONReceiver) {
    state = State(receiver)
    callbacks = .allocate(capacity: 1)
    callbacks.initialize(to: JSONParser.functions)
    handle = yajl_alloc(callbacks, nil, Unmanaged.passUnretained(state).toOpaque())
  }

  deinit {
    if let handle { yajl_free(handle) }
    callbacks.deallocate()
  }

  /// Takes the next bytes of the document.
  ///
  /// - Parameter bytes: Any number of them, cut anywhere.
  /// - Throws: `.server` for text that is not JSON, or what the receiver threw.
  func consume(_ bytes: UnsafeBufferPointer<UInt8>) throws(EntraSyncError) {
    guard var start = head else { return try parse(bytes) }
    start += bytes
    guard start.count >= 3 else {
      head = start
      return
    }
    try parseHead(start)
  }

  /// Ends the document.
  ///
  /// - Throws: `.server` when it is not complete, or what the receiver threw.
  func finish() throws(EntraSyncError) {
    if let start = head { try parseHead(start) }
    try check(yajl_complete_parse(handle))
  }

  private func parseHead(_ start: [UInt8]) throws(EntraSyncError) {
    head = nil
    let body = start.starts(with: [0xEF, 0xBB, 0xBF]) ? start.dropFirst(3) : start[...]
    var failure: EntraSyncError?
    body.withUnsafeBufferPointer { bytes in
      do throws(EntraSyncError) { try parse(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  private func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(EntraSyncError) {
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return }
    // Nearly all input has no escapes, and memchr() finds that out quickly.
    if surrogates.isInEscape || memchr(start, CInt(UInt8(ascii: "\\")), bytes.count) != nil,
      let end = surrogates.fault(in: bytes)
    {
      // Parse what came before the fault first, so the error is the same however the bytes are cut.
      try check(yajl_parse(handle, start, end))
      throw EntraSyncError(.server, "the server's answer holds half a character")
    }
    let before = state.events
    try check(yajl_parse(handle, start, bytes.count))
    // yajl keeps an unfinished string in memory, so its size must be bounded.
    state.silence = state.events == before ? state.silence + bytes.count : 0
    guard state.silence <= JSONParser.longest else {
      throw EntraSyncError(.server, "the server's answer holds a value of more than a megabyte")
    }
  }

  private func check(_ status: yajl_status) throws(EntraSyncError) {
    if let failure = state.failure { throw failure }
    guard status == yajl_status_ok else {
      throw EntraSyncError(.server, "the server's answer is broken off or is no valid JSON")
    }
  }
}

/// What the C callbacks see of a parser.
private final class State {
  let receiver: any JSONReceiver
  var depth = 0
  var events = 0
  var silence = 0
  var failure: EntraSyncError?

  init(_ receiver: any JSONReceiver) {
    self.receiver = receiver
  }

  /// Sends an event to the receiver. It stores a failure, since C cannot pass a Swift error on.
  func emit(_ event: JSONEvent) -> Int32 {
    events += 1
    do {
      try receiver.receive(event)
      return 1
    } catch {
      failure = error
      return 0
    }
  }

  func open(_ event: JSONEvent) -> Int32 {
    depth += 1
    guard depth <= JSONParser.deepest else {
      failure = EntraSyncError(.server, "the server's answer is nested too deeply")
      return 0
    }
    return emit(event)
  }

  func close(_ event: JSONEvent) -> Int32 {
    depth -= 1
    return emit(event)
  }

  static func of(_ context: UnsafeMutableRawPointer?) -> State? {
    context.map { Unmanaged<State>.fromOpaque($0).takeUnretainedValue() }
  }
}

extension JSONParser {
  /// yajl's table of callbacks; each returns 0 to stop.
  private static var functions: yajl_callbacks {
    var table = yajl_callbacks()
    table.yajl_null = { State.of($0)?.emit(.null) ?? 0 }
    table.yajl_boolean = { State.of($0)?.emit(.bool($1 != 0)) ?? 0 }
    table.yajl_number = { context, text, length in
      text?.withMemoryRebound(to: UInt8.self, capacity: length) {
        State.of(context)?.emit(.number(UnsafeBufferPointer(start: $0, count: length)))
      } ?? 0
    }
    table.yajl_string = { context, text, length in
      State.of(context)?.emit(.string(UnsafeBufferPointer(start: text, count: length))) ?? 0
    }
    table.yajl_map_key = { context, text, length in
      State.of(context)?.emit(.key(UnsafeBufferPointer(start: text, count: length))) ?? 0
    }
    table.yajl_start_map = { State.of($0)?.open(.beginObject) ?? 0 }
    table.yajl_end_map = { State.of($0)?.close(.endObject) ?? 0 }
    table.yajl_start_array = { State.of($0)?.open(.beginArray) ?? 0 }
    table.yajl_end_array = { State.of($0)?.close(.endArray) ?? 0 }
    return table
  }
}
