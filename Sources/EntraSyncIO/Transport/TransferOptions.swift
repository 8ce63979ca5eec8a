import CCurl
import EntraSync

/// Sets the options of one of libcurl's handles. An option that cannot be set is not passed over,
/// since the request would then go to other servers, or in another way, than it should.
struct TransferOptions {
  private let easy: UnsafeMutableRawPointer
  private var failure: (name: String, code: CURLcode)?

  /// Prepares to set the options of a handle.
  init(of easy: UnsafeMutableRawPointer) {
    self.easy = easy
  }

  /// Sets a number.
  mutating func set(_ option: CURLoption, _ value: Int) {
    note(shim_easy_set_long(easy, option, value)) { TransferOptions.name(of: option) }
  }

  /// Sets a text, which libcurl copies; `nil` takes a default away.
  mutating func set(_ option: CURLoption, _ value: String?) {
    note(shim_easy_set_string(easy, option, value)) { TransferOptions.name(of: option) }
  }

  /// Sets an address, behind which things must stay.
  mutating func set(_ option: CURLoption, _ value: UnsafeRawPointer?) {
    note(shim_easy_set_pointer(easy, option, value)) { TransferOptions.name(of: option) }
  }

  /// Sets what has a type of its own.
  ///
  /// - Parameters:
  ///   - name: The option's name.
  ///   - apply: Sets it on libcurl's handle.
  mutating func set(_ name: String, _ apply: (UnsafeMutableRawPointer) -> CURLcode) {
    note(apply(easy)) { name }
  }

  /// Says whether all options could be set.
  ///
  /// - Throws: `.network` with the name of the first that could not.
  func check() throws(EntraSyncError) {
    guard let failure else { return }
    throw EntraSyncError(
      .network,
      "libcurl does not take its option \(failure.name) "
        + "(\(String(cString: curl_easy_strerror(failure.code)))); is there enough memory, and is "
        + "it this system's own libcurl, with OpenSSL?")
  }

  private mutating func note(_ code: CURLcode, _ name: () -> String) {
    if failure == nil, code != CURLE_OK { failure = (name(), code) }
  }

  private static func name(of option: CURLoption) -> String {
    guard let entry = curl_easy_option_by_id(option) else { return "\(option.rawValue)" }
    return String(cString: entry.pointee.name)
  }
}
