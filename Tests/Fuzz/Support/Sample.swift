@testable import EntraSync

/// The configuration whose requests the servers' answers belong to.
enum Sample {
  /// A sound configuration, whose secret is the canary.
  static let configuration = required("the configuration is sound") {
    try Configuration(
      Array(
        """
        TENANTID = 6e518c62-cf72-4239-bf34-c47959d688ac
        CLIENTID = 4290173a-9421-4eb6-acb4-03f2add15a5f
        CLIENTSECRET = \(Canary.text)
        GROUPID = fe6a70bc-00f4-4b60-8576-81bfae175578
        QUERYFILTER = mail,mobilePhone,proxyAddresses,businessPhones,id,city
        """.utf8), path: "fuzz.entraidconf")
  }

  /// The request for the members of its group.
  static let request = MembersRequest(group: configuration.groups[0], of: configuration)

  /// The URLs of Graph: Microsoft's, and one of a stand-in with a port and a path.
  static let graphs = [
    configuration.graph,
    required("the endpoint is sound") { try Endpoint("http://127.0.0.1:8080/graph") },
  ]
}
