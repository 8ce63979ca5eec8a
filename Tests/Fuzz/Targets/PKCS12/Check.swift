@testable import EntraSync

/// Checks that any PKCS#12 file gives certificates and keys, or one line that says what to change.
///
/// - Parameter input: The bytes of the file.
func check(_ input: [UInt8]) {
  for hasPassword in [false, true] {
    let reading = Credentials.read(input, hasPassword: hasPassword)
    require(
      Credentials.read(input, hasPassword: hasPassword) == reading,
      "a file is read in the same way each time", reading)
  }
}
