import EntraSync

/// One HTTP request.
struct HTTPRequest {
  /// The absolute URL.
  var url: String
  /// The token that proves the request, if it needs one.
  var token: Secret?
  /// The form to post, which holds a credential.
  var form: Secret?
  /// The JSON document to post; without it and a form, it is a GET.
  var json: String?
  /// How many times it was sent before, which Graph is told as its own clients do.
  var retries = 0

  /// Where it goes, as messages name it: scheme, host and port of the URL.
  var server: String {
    url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3)
      .joined(separator: "/")
  }
}
