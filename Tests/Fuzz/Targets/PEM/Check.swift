@testable import EntraSync

/// Checks that any file gives certificates and keys, or one line that says what to change.
///
/// A byte order mark and the line ends of Windows make no difference, and what was found is found
/// again in what is written of it.
///
/// - Parameter input: The bytes of the file.
func check(_ input: [UInt8]) {
  let text = PEMText(input)
  let written = texts(text)
  let whole = Array(written.joined())
  let again = PEMText(whole)
  require(again.damaged.isEmpty, "what is written is whole", again.damaged)
  require(texts(again) == written, "what is written is read as it is", written)
  require(again.blocks.map(\.label) == text.blocks.map(\.label), "labels stay", written)
  require(again.blocks.map(\.cipher) == text.blocks.map(\.cipher), "ciphers stay", written)

  let saved = input.flatMap { $0 == UInt8(ascii: "\n") ? [UInt8(ascii: "\r"), $0] : [$0] }
  for other in [[0xEF, 0xBB, 0xBF] + input, saved, input.map { $0 == 0x0D ? 0x0A : $0 }] {
    let other = PEMText(other)
    require(
      texts(other) == written && other.damaged == text.damaged,
      "marks and line ends change nothing", written)
  }

  for hasPassword in [false, true] {
    let reading = Credentials.read(input, hasPassword: hasPassword)
    guard !text.blocks.isEmpty, text.damaged.isEmpty else { continue }
    require(
      Credentials.read(whole, hasPassword: hasPassword) == reading,
      "what is written gives the same certificates and keys", reading)
  }
}

private func texts(_ text: PEMText) -> [[UInt8]] {
  text.blocks.map { block in block.text.withBytes { Array($0) } }
}
