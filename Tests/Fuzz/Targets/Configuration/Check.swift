@testable import EntraSync

/// Checks that any file gives a sound configuration, or one line that says what to change.
///
/// A byte order mark and CRLF line ends make no difference.
///
/// - Parameter input: The bytes of the file.
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
