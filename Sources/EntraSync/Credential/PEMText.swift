/// The objects in a text in PEM, whatever stands between them.
///
/// Programs put attributes, comments, indentation, byte order marks and the line ends of Windows
/// into such files, which OpenSSL does not always accept. Here each object is written anew.
///
/// Source: RFC 7468, sections 2 and 3; RFC 1421, section 4.4, for headers.
public struct PEMText {
  /// One object: everything from its first line to its last.
  public struct Block {
    /// What it is, such as `CERTIFICATE`.
    public let label: String
    /// The cipher that its headers name, such as `DES-CBC`; `nil` if they name none.
    public let cipher: String?
    /// The object in PEM, in short lines without anything around it.
    public let text: Secret
  }

  /// The objects, in their order.
  public private(set) var blocks: [Block] = []
  /// The labels of objects that have no end, or something in them that is not base64.
  public private(set) var damaged: [String] = []

  /// Finds the objects.
  ///
  /// - Parameter bytes: The file's content.
  public init(_ bytes: some Collection<UInt8>) {
    var label: String?
    var body: [ArraySlice<UInt8>] = []
    for line in Array(bytes).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let line = PEMText.trim(line)
      if let begun = PEMText.label(line, "BEGIN") {
        if let label { damaged.append(label) }
        (label, body) = (begun, [])
      } else if let name = label {
        if PEMText.label(line, "END") == name {
          if let block = PEMText.block(name, body) {
            blocks.append(block)
          } else {
            damaged.append(name)
          }
          label = nil
        } else if !line.isEmpty {
          body.append(line)
        }
      }
    }
    if let label { damaged.append(label) }
  }

  private static func block(_ label: String, _ lines: [ArraySlice<UInt8>]) -> Block? {
    let headers = lines.prefix { line in
      zip(line, line.dropFirst()).contains { $0 == UInt8(ascii: ":") && $1 == UInt8(ascii: " ") }
    }
    var text = Array("-----BEGIN \(label)-----\n".utf8)
    for header in headers { text += header + [0x0A] }
    if !headers.isEmpty { text.append(0x0A) }
    var column = 0
    for byte in lines.dropFirst(headers.count).joined() where byte > 0x20 {
      guard byte.isLetter || byte.isDigit || "+/=".utf8.contains(byte) else { return nil }
      if column > 0, column % 64 == 0 { text.append(0x0A) }
      text.append(byte)
      column += 1
    }
    text += Array("\n-----END \(label)-----\n".utf8)
    return Block(label: label, cipher: cipher(headers), text: Secret(text))
  }

  private static func cipher(_ headers: ArraySlice<ArraySlice<UInt8>>) -> String? {
    let name = Array("DEK-Info:".utf8)
    guard let header = headers.first(where: { $0.starts(with: name) }) else { return nil }
    let value = header.dropFirst(name.count).prefix { $0 != UInt8(ascii: ",") }
    return String(decoding: value, as: UTF8.self).trimmed
  }

  /// The label of a line such as `-----BEGIN CERTIFICATE-----`; `nil` for any other line.
  private static func label(_ line: ArraySlice<UInt8>, _ word: String) -> String? {
    let start = Array("-----\(word) ".utf8)
    let end = Array("-----".utf8)
    guard line.count > start.count + end.count, line.starts(with: start),
      line.suffix(end.count).elementsEqual(end)
    else { return nil }
    return String(validating: line.dropFirst(start.count).dropLast(end.count), as: UTF8.self)
  }

  /// A line without white space and byte order marks at its ends.
  private static func trim(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line.drop { $0 <= 0x20 }
    while line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3).drop { $0 <= 0x20 } }
    while let last = line.last, last <= 0x20 { line.removeLast() }
    return line
  }
}
