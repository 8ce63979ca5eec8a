@testable import EntraSync

/// Whatever stands in a configuration file, its reading ends with a configuration that is sound, or
/// with one line that says what to change; how the file was saved makes no difference.
///
/// - Parameter input: The file's bytes.
func check(_ input: [UInt8]) {
  let reading = Reading(input)
  reading.requireUseful(lineCount: 1 + input.count { $0 == UInt8(ascii: "\n") })

  let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
  if !input.starts(with: mark) {
    require(Reading(mark + input) == reading, "a byte order mark changes nothing", reading)
  }
  let saved = input.flatMap { $0 == UInt8(ascii: "\n") ? [UInt8(ascii: "\r"), $0] : [$0] }
  require(Reading(saved) == reading, "CRLF changes nothing", reading)

  if let configuration = reading.configuration { requireSound(configuration) }
}
