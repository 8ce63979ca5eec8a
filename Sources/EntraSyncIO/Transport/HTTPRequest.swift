import CCurl
import EntraSync

/// One HTTP request.
struct HTTPRequest {
  /// The absolute URL.
  var url: String
  /// The access token, if the request needs one.
  var token: Secret?
  /// The form to post, which holds a credential.
  var form: Secret?
  /// The JSON document to post. Without it and without a form, the request is a GET.
  var json: String?
  /// The service of this machine that it goes to, past any proxy; `nil` for any other server.
  var service: IdentityService?
  /// Further lines of the head, which may hold a secret.
  var furtherHeaders: [Secret] = []
  /// How many times it was sent before. Graph is told, as Microsoft's own clients do.
  var retries = 0

  /// The server, as messages name it: scheme, host and port of the URL.
  var server: String {
    url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3)
      .joined(separator: "/")
  }

  /// The headers that it needs beside those of libcurl.
  var headers: [String] {
    var lines = ["Accept: application/json"]
    if let token {
      lines.append(
        token.withBytes { "Authorization: Bearer \(String(decoding: $0, as: UTF8.self))" })
    }
    lines += furtherHeaders.map { $0.withBytes { String(decoding: $0, as: UTF8.self) } }
    if retries > 0 { lines.append("Retry-Attempt: \(retries)") }
    if json != nil { lines.append("Content-Type: application/json") }
    return lines
  }

  /// Sets what is sent on libcurl's handle, which must not outlive the request.
  ///
  /// - Parameters:
  ///   - options: The handle's options.
  ///   - list: The ``headers`` for libcurl, which must outlive the handle.
  func apply(to options: inout TransferOptions, headers list: UnsafeMutablePointer<curl_slist>?) {
    options.set(CURLOPT_URL, url)
    options.set("HTTPHEADER") { shim_easy_set_list($0, CURLOPT_HTTPHEADER, list) }
    // libcurl does not copy the form; the request keeps it alive.
    form?.withBytes { form in
      options.set(CURLOPT_POSTFIELDSIZE, form.count)
      options.set(CURLOPT_POSTFIELDS, UnsafeRawPointer(form.baseAddress))
    }
    if let json {
      options.set(CURLOPT_POSTFIELDSIZE, json.utf8.count)
      options.set(CURLOPT_COPYPOSTFIELDS, json)
    }
  }
}
