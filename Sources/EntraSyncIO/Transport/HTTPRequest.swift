import EntraSync

/// One HTTP request.
struct HTTPRequest {
  /// The absolute URL.
  var url: String
  /// The token that proves the request, if it needs one.
  var token: Secret?
  /// The form to post; without one, it is a GET.
  var form: Secret?
  /// How many times it was sent before, which Graph is told as its own clients do.
  var retries = 0

  /// Where it goes, as messages name it: scheme, host and port of the URL.
  var server: String {
    url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3)
      .joined(separator: "/")
  }
}
