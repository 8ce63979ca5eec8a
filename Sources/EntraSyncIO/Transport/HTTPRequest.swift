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
  /// How many times it was sent before. Graph is told, as Microsoft's own clients do.
  var retries = 0

  /// The server, as messages name it: scheme, host and port of the URL.
  var server: String {
    url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3)
      .joined(separator: "/")
  }
}
