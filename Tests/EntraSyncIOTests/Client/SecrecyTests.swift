import EntraSync
import Foundation
import GraphSimulator
import Testing

@testable import EntraSyncIO

@Suite("Secrets and tokens")
struct SecrecyTests {
  @Test(
    "A malformed proxy URL is refused without showing its password",
    arguments: [
      "http://user:geheim#1@proxy.example:3128", "http://user:ge/heim@proxy.example",
      "foo://user:geheim@proxy.example", "user:geheim@proxy.example:port",
      "http://user:geheim@@proxy.example",
    ])
  func malformedProxy(proxy: String) async throws {
    try await SimulatedTenant.with { tenant in
      let error = try await tenant.writeList(from: tenant.configuration(["PROXY": proxy])).error
      #expect(error?.status == .configuration)
      #expect(error?.message.contains("PROXY") == true)
      #expect(error?.message.contains("heim") == false, "\(error?.message ?? "")")
    }
  }

  @Test("libcurl's words about a proxy are shown without its password")
  func wordsAboutProxy() async throws {
    try await SimulatedTenant.with { tenant in
      let failure = TransportFailure(
        code: .init(rawValue: 5), words: "Unsupported proxy syntax in 'http://user:geheim@proxy'")
      let error = failure.error(
        reaching: HTTPRequest(url: "https://graph.microsoft.com/v1.0/groups/secret").server,
        configuration: try Client(configurationAt: tenant.configuration()).configuration)
      #expect(!error.message.contains("geheim"))
      #expect(!error.message.contains("groups"))
    }
  }

  @Test("Secrets and tokens for a loopback address never go through a proxy")
  func loopbackWithProxy() async throws {
    try await SimulatedTenant.with { tenant in
      try await SimulatedTenant.with { proxy in
        let path = try tenant.configuration(["PROXY": proxy.simulator.origin])
        _ = try await tenant.writeList(from: path).get()
        #expect(proxy.simulator.requests.isEmpty)
      }
    }
  }

  @Test("Secrets and tokens are removed from what a server says")
  func serversWords() {
    let secret = Secret("s&c=r+t-and-more-of-it".utf8)
    let token = Secret("abc.def.ghi.jkl.mno".utf8)
    var error = EntraSyncError(
      .server, "Graph answered \"abc.def.ghi.jkl.mno, s&c=r+t-and-more-of-it, abc.def.ghi.jkl.mno\""
    )
    error.serverCode = "x abc.def.ghi.jkl.mno"
    error.requestID = "abc.def.ghi.jkl.mno"
    let shown = error.removing([secret, token])
    #expect(shown.message == "Graph answered \"<secret>, <secret>, <secret>\"")
    #expect(shown.serverCode == "x <secret>")
    #expect(shown.requestID == "<secret>")
    let word = EntraSyncError(.authentication, "the client secret is wrong; put its Value there")
    #expect(word.removing([Secret("wrong".utf8), Secret("secret".utf8)]) == word)
    let long = String(repeating: "t", count: 1500)
    #expect("bad header: Bearer \(long) here".fromServer() == "bad header: Bearer … here")
  }

  @Test("A client secret in place of a path is not shown")
  func secretAsPath() async throws {
    try await SimulatedTenant.with { tenant in
      let path = try tenant.configuration([
        "CLIENTSECRET": "", "CLIENTSECRETFILE": "Xyz8Q~geheimgeheim",
      ])
      let error = try await tenant.writeList(from: path).error
      #expect(error?.status == .configuration)
      #expect(error?.message.contains("CLIENTSECRETFILE (line") == true)
      #expect(error?.message.contains("geheim") == false)
    }
  }

  @Test(
    "A client secret is read only from a file that holds nothing else",
    arguments: [("\u{FEFF}SECRET\r\n", true), (" SECRET \n", true), ("SECRET\nmore\n", false)])
  func secretFile(content: String, isGood: Bool) async throws {
    try await SimulatedTenant.with { tenant in
      try tenant.write("secret", content.replacing("SECRET", with: Registration().clientSecret))
      let path = try tenant.configuration(["CLIENTSECRET": "", "CLIENTSECRETFILE": "secret"])
      let result = try await tenant.writeList(from: path)
      #expect((result.error == nil) == isGood)
      if !isGood { #expect(result.error?.message.contains("more than one line") == true) }
    }
  }
}
