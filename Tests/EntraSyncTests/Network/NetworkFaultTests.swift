import Testing

@testable import EntraSync

@Suite struct NetworkFaultTests {
  static let server = "https://graph.test:8443"

  static func message(_ fault: NetworkFault, _ lines: String...) throws -> String {
    let configuration = try Configuration(
      Array(Sample.text(adding: lines).utf8), path: Sample.path)
    return fault.error(reaching: server, detail: "detail", configuration: configuration).message
  }

  /// Every fault, whether it may pass, and words of its message.
  static let faults: [(fault: NetworkFault, mayPass: Bool, words: [String])] = [
    (.nameNotFound, true, ["cannot find \(server) (detail)", "DNS"]),
    (.noResolver, true, ["cannot look up \(server) (detail)", "ulimit -u"]),
    (
      .noDescriptor(reason: "too many open files", ofSystem: false), false,
      ["cannot connect to \(server): too many open files", "ulimit -n"]
    ),
    (.noDescriptor(reason: "a", ofSystem: true), false, ["\(server): a;", "fs.file-max"]),
    (.proxyNotFound, true, ["cannot find the proxy (detail)", "check PROXY (line 5)"]),
    (.noConnection, true, ["cannot connect to \(server) (detail)", "firewall"]),
    (
      .silence(seconds: 29.6), true,
      ["\(server) did not answer in time", "nothing came for 30 s (detail)", "firewall"]
    ),
    (.brokenOff, true, ["the connection to \(server) broke off (detail)", "firewall"]),
    (.other, false, ["the request to \(server) failed (detail)", "GRAPHURL"]),
    (.authorities, false, ["CAFILE (line 6) holds", "(detail)", "PEM"]),
    (.handshake(.notTLS, .server), false, [server, "does not speak TLS (detail)", "port"]),
    (.handshake(.noCommonVersion, .server), false, [server, "no version of TLS", "TLS 1.2"]),
    (.handshake(.noCommonCipher, .server), false, [server, "no cipher in common", "OpenSSL"]),
    (.handshake(.unknownName, .server), false, [server, "does not know that name", "LOGINURL"]),
    (.handshake(.brokenOff, .server), true, [server, "the handshake broke off", "firewall"]),
    (.handshake(.notTLS, .proxy), false, ["no TLS connection to the proxy in PROXY (line 5)"]),
    (.certificate(.expired, .server), false, ["certificate of \(server) has expired", "clock"]),
    (.certificate(.expired, .proxy), false, ["certificate of the proxy in PROXY (line 5) has"]),
    (.certificate(.notYetValid, .server), false, [server, "not valid yet", "clock"]),
    (.certificate(.selfSigned, .server), false, [server, "is self-signed", "CAFILE (line 6)"]),
    (.certificate(.unknownAuthority, .server), false, [server, "authority", "CAFILE (line 6)"]),
    (.certificate(.otherName, .server), false, [server, "is for another name", "LOGINURL"]),
    (.certificate(.tooWeak, .server), false, [server, "too weak", "renewed"]),
    (.certificate(.other, .server), false, [server, "not trusted (detail)", "CAFILE (line 6)"]),
  ]

  @Test("Each network fault names the server and what to do in one line, and says if it may pass")
  func names() throws {
    for (fault, mayPass, words) in Self.faults {
      let message = try Self.message(
        fault, "PROXY = http://gate:geheim@proxy.example:3128", "CAFILE = ca.pem")
      for word in words { #expect(message.contains(word), "\(fault): \(message)") }
      #expect(message.contains("; "), "\(message)")
      #expect(message == message.singleLine)
      #expect(!message.contains("geheim") && !message.contains("gate"))
      #expect(fault.mayPass == mayPass, "\(fault)")
    }
  }

  @Test("Without PROXY and CAFILE a network fault names HTTPS_PROXY and the system's authorities")
  func namesDefaults() throws {
    #expect(try Self.message(.proxyNotFound).hasSuffix("check HTTPS_PROXY"))
    #expect(try Self.message(.nameNotFound).contains("set PROXY if this network"))
    let proxied = try Self.message(.nameNotFound, "PROXY = proxy.test:3128")
    #expect(!proxied.contains("PROXY"))
    #expect(try Self.message(.authorities).contains("install ca-certificates"))
    #expect(try Self.message(.certificate(.selfSigned, .server)).hasSuffix("into CAFILE"))
    let configuration = try Sample.configuration()
    func status(_ fault: NetworkFault, _ configuration: Configuration) -> Status {
      fault.error(reaching: Self.server, detail: "", configuration: configuration).status
    }
    #expect(status(.authorities, configuration) == .network)
    #expect(status(.authorities, try Sample.configuration(adding: "CAFILE = a")) == .configuration)
    #expect(status(.noConnection, configuration) == .network)
  }

  @Test(
    "Each of OpenSSL's verify results has its remedy",
    arguments: [
      (0, .otherName), (1, .otherName), (62, .otherName), (64, .otherName), (9, .notYetValid),
      (10, .expired), (18, .selfSigned), (19, .unknownAuthority), (20, .unknownAuthority),
      (21, .unknownAuthority), (2, .unknownAuthority), (66, .tooWeak), (68, .tooWeak),
      (23, .other), (-1, .other), (4711, .other),
    ] as [(Int, CertificateFault)])
  func readsVerifyResult(result: Int, fault: CertificateFault) {
    #expect(CertificateFault(verifyResult: result) == fault)
  }

  /// A proxy's answers, whether they may pass, and words of the message.
  static let answers: [(httpStatus: Int, mayPass: Bool, words: String)] = [
    (407, false, "asks for a user and a password before it connects to \(server) (HTTP 407)"),
    (401, false, "asks for a user and a password before it connects to \(server) (HTTP 401)"),
    (403, false, "does not allow connections to \(server) (HTTP 403)"),
    (400, false, "refuses to connect to \(server) (HTTP 400)"),
    (501, false, "cannot reach \(server) (HTTP 501)"),
    (429, true, "cannot reach \(server) (HTTP 429)"),
    (500, true, "cannot reach \(server) (HTTP 500)"),
    (502, true, "cannot reach \(server) (HTTP 502)"),
    (503, true, "cannot reach \(server) (HTTP 503)"),
    (504, true, "cannot reach \(server) (HTTP 504)"),
    (302, false, "or the login portal of a network, wants somebody to sign in there before it"),
    (511, false, "or the login portal of a network, wants somebody to sign in there before it"),
  ]

  @Test("A proxy's refusal says who can mend it", arguments: answers)
  func readsProxy(httpStatus: Int, mayPass: Bool, words: String) throws {
    let refusal = try #require(ProxyRefusal(httpStatus: httpStatus))
    #expect(NetworkFault.proxyRefusal(refusal).mayPass == mayPass)
    let message = try Self.message(.proxyRefusal(refusal), "PROXY = http://gate:geheim@proxy.test")
    #expect(message.hasPrefix("the proxy " + words) || message.hasPrefix("the proxy, " + words))
    #expect(!message.contains("geheim") && !message.contains("gate"))
    let isCredentials = message.contains("password")
    #expect(isCredentials == [401, 407].contains(httpStatus))
    #expect(message.contains("PROXY (line 5)") == (httpStatus < 429 || httpStatus == 511))
  }

  @Test("A proxy's answer below 300 is not a refusal", arguments: [0, 200, 204, 299])
  func acceptsTunnel(httpStatus: Int) {
    #expect(ProxyRefusal(httpStatus: httpStatus) == nil)
  }

  /// What a proxy that wants a user offers, and words of the message.
  static let offers: [(methods: [String], words: String)] = [
    ([], "asks for a user and a password before it connects to \(server) (HTTP 407); check"),
    (
      ["Basic"],
      "asks for a user and a password before it connects to \(server) (HTTP 407, offering Basic)"
    ),
    (
      ["Negotiate", "NTLM"], "(HTTP 407, offering Negotiate, NTLM); check those in PROXY (line 5)"
    ),
    (
      ["Negotiate"],
      "asks for a Kerberos ticket before it connects to \(server) (HTTP 407, offering"
    ),
    (["negotiate"], "kinit"),
  ]

  @Test("A proxy that wants a user is quoted with what it offers", arguments: offers)
  func namesMethods(methods: [String], words: String) throws {
    let refusal = try #require(ProxyRefusal(httpStatus: 407, methods: methods))
    let message = try Self.message(.proxyRefusal(refusal), "PROXY = http://gate:geheim@proxy.test")
    #expect(message.contains(words), "\(message)")
    #expect(!message.contains("geheim"))
  }

  @Test("HTTP/2 is doubted where a connection breaks or falls silent, and not elsewhere")
  func doubtsHTTP2() {
    #expect(NetworkFault.brokenOff.breaksHTTP2 && NetworkFault.silence(seconds: 1).breaksHTTP2)
    #expect(!NetworkFault.nameNotFound.breaksHTTP2 && !NetworkFault.other.breaksHTTP2)
  }
}
