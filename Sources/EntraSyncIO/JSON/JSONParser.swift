import CSimdjson
import EntraSync

/// A strict JSON parser. All of simdjson that the project uses is in this file and in `CSimdjson`.
///
/// Invalid UTF-8, halves of characters, nesting deeper than ``deepest`` and anything after the end
/// of the document are errors. The result is a ``JSONTape``, which hands out events.
public final class JSONParser {
  /// How many containers may be open at once. An empty one inside of them does not count.
  public static let deepest = 64

  private let handle: OpaquePointer?

  /// A parser, which reads one document after the other.
  public init() { handle = shim_json_create(JSONParser.deepest) }

  deinit { shim_json_free(handle) }

  /// Reads a document.
  ///
  /// - Parameters:
  ///   - text: The whole document, perhaps with a byte order mark. Bytes are added behind its end
  ///     for a moment.
  ///   - body: Receives the document, which is valid until it returns, or has this parser read
  ///     another.
  /// - Throws: `.server` for text that is not JSON, and what `body` throws.
  /// - Returns: What `body` returns.
  public func read<Result>(
    _ text: inout [UInt8], _ body: (JSONTape) throws(EntraSyncError) -> Result
  ) throws(EntraSyncError) -> Result {
    // The document belongs to the parser.
    defer { withExtendedLifetime(self) {} }
    return try body(try parse(&text))
  }

  /// Overwrites the strings of the last document, if they hold a secret. It has to be read before.
  func wipe() { shim_json_wipe(handle) }

  /// How many bytes are added behind the end of a document while it is read.
  static var padding: Int { shim_json_padding() }

  private func parse(_ text: inout [UInt8]) throws(EntraSyncError) -> JSONTape {
    let mark = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let count = text.count
    text.append(contentsOf: repeatElement(0, count: JSONParser.padding))
    defer { text.removeLast(text.count - count) }
    var words: UnsafePointer<UInt64>?
    var strings: UnsafePointer<UInt8>?
    let result = text.withUnsafeBufferPointer { bytes in
      guard let handle, let start = bytes.baseAddress else { return SHIM_JSON_NO_MEMORY }
      return shim_json_parse(handle, start + mark, count - mark, &words, &strings)
    }
    guard result == SHIM_JSON_OK, let words, let strings else {
      throw EntraSyncError(.server, "the server's answer \(JSONParser.fault(result, of: text))")
    }
    return JSONTape(words: words, strings: strings)
  }

  /// What a message says of an answer that cannot be read.
  private static func fault(_ result: shim_json_result, of text: [UInt8]) -> String {
    switch result {
    case SHIM_JSON_NO_MEMORY: "cannot be read; is there enough memory?"
    case SHIM_JSON_TOO_DEEP: "is nested too deeply"
    case SHIM_JSON_BAD_ESCAPE: "holds half a character or a bad escape"
    // A server that fails while it writes may add its error to what it has written.
    case _ where holds("\"error\"", text): "is no valid JSON: it has an error in the middle"
    default: "is broken off or is no valid JSON"
    }
  }

  private static func holds(_ word: String, _ text: [UInt8]) -> Bool {
    let word = Array(word.utf8)
    return text.indices.contains { text[$0] == word[0] && text[$0...].starts(with: word) }
  }
}

extension JSONValue {
  /// Reads a whole document; `nil` for bytes that are not one.
  ///
  /// - Parameter bytes: The document.
  init?(_ bytes: [UInt8]) {
    var bytes = bytes
    guard let value = try? JSONValue(&bytes, by: JSONParser()) else { return nil }
    self = value
  }

  /// Reads a whole document.
  ///
  /// - Parameters:
  ///   - bytes: The document.
  ///   - parser: Reads it.
  /// - Throws: `.server` for bytes that are not one, and for a repeated key.
  init(_ bytes: inout [UInt8], by parser: JSONParser) throws(EntraSyncError) {
    let reader = JSONValueReader()
    try parser.read(&bytes) { (document) throws(EntraSyncError) in try document.send(to: reader) }
    self = reader.value ?? .null
  }
}
