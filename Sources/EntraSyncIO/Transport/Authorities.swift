import CCurl
import Glibc

/// The trusted authorities of a CAFILE, as they were read and judged when the run began.
///
/// libcurl gets these bytes and not the file. Whoever owns the configuration could replace the file
/// after that, by a FIFO at which libcurl would wait for ever.
final class Authorities {
  private let content: UnsafeMutableBufferPointer<UInt8>

  /// Keeps the content of a file.
  init(_ content: [UInt8]) {
    self.content = .allocate(capacity: content.count)
    _ = self.content.initialize(from: content)
  }

  deinit { content.deallocate() }

  /// Lets a handle of libcurl trust these alone: also a proxy that is reached by TLS is checked
  /// against them. libcurl does not copy them, so they must outlive the handle.
  func apply(to options: inout TransferOptions) {
    for (name, isOfProxy) in [("CAINFO_BLOB", 0), ("PROXY_CAINFO_BLOB", 1)] as [(_, Int32)] {
      options.set(name) {
        shim_easy_set_authorities($0, isOfProxy, content.baseAddress, content.count)
      }
    }
    // libcurl would look for others in the system's file and folder as well.
    for option in [CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO, CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH] {
      options.set(option, String?.none)
    }
    for option in [CURLOPT_SSL_OPTIONS, CURLOPT_PROXY_SSL_OPTIONS] { options.set(option, 0) }
  }
}
