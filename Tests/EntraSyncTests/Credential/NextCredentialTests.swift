import Testing

@testable import EntraSync

@Suite("Whether the next credential is tried")
struct NextCredentialDecisionTests {
  private func refusal(_ code: Int, _ status: Status = .authentication) -> EntraSyncError {
    var error = EntraSyncError(status, "sign-in refused (AADSTS\(code))")
    error.aadstsCode = code
    error.httpStatus = 401
    return error
  }

  @Test(
    "The next credential is tried after a refusal that lies in a secret or a certificate",
    arguments: [
      7_000_222, 7_000_215, 700_027, 7_000_274, 1_000_502, 7_000_214, 7_000_277, 700_030, 50_012,
      70_002,
    ])
  func isTried(code: Int) {
    #expect(NextCredential.mayHelp(after: refusal(code)))
  }

  @Test(
    "The next credential is not tried after any other refusal",
    arguments: [
      700_016, 90_002, 53_003, 7_000_218, 700_024, 50_196, 90_033, 7_000_112, 500_011, 1_234_567,
    ])
  func isNotTried(code: Int) {
    #expect(!NextCredential.mayHelp(after: refusal(code)))
  }

  @Test("The next credential is not tried where the server has a fault of its own, or is silent")
  func isNotTriedOtherwise() {
    #expect(!NextCredential.mayHelp(after: refusal(7_000_222, .server)))
    #expect(!NextCredential.mayHelp(after: EntraSyncError(.network, "cannot connect")))
    #expect(!NextCredential.mayHelp(after: EntraSyncError(.authentication, "refused")))
  }

  @Test("The warning says which credential was refused, whether it has ended, and what to do")
  func warns() throws {
    let configuration = try Sample.configuration(adding: "NEXTCLIENTSECRETFILE = /next")
    let end =
      "; the file of NEXTCLIENTSECRETFILE (line 5) was used; put it in the place of CLIENTSECRET "
      + "(line 3)"
    let begin = "Entra ID refuses the client secret of CLIENTSECRET (line 3)"
    #expect(NextCredential.warning(configuration, hasEnded: false) == begin + end)
    #expect(
      NextCredential.warning(configuration, hasEnded: true) == "\(begin), which has ended\(end)")
    #expect(NextCredential.warning(try Sample.configuration(), hasEnded: true) == nil)
  }

  @Test("A refusal is of an end by its code, or if it was no answer of Entra ID's")
  func tellsEnd() {
    #expect(NextCredential.isOfEnd(refusal(7_000_222)))
    #expect(NextCredential.isOfEnd(refusal(1_000_502)))
    #expect(NextCredential.isOfEnd(EntraSyncError(.configuration, "it expired")))
    #expect(!NextCredential.isOfEnd(refusal(7_000_215)))
    #expect(!NextCredential.isOfEnd(refusal(700_027)))
  }

  @Test("The error of two refusals is the first credential's, in whichever order they were tried")
  func joins() throws {
    let first = try Sample.configuration(adding: "NEXTCLIENTSECRET = second")
    let next = try #require(first.succeeding)
    let (expired, wrong) = (refusal(7_000_222), refusal(7_000_215))
    let errors = [
      NextCredential.error([(first, expired)], last: (next, wrong)),
      NextCredential.error([(next, wrong)], last: (first, expired)),
    ]
    for error in errors {
      #expect(error.aadstsCode == 7_000_222)
      #expect(
        error.message
          == "sign-in refused (AADSTS7000222); NEXTCLIENTSECRET (line 5) does not help: sign-in "
          + "refused (AADSTS7000215)")
    }
    #expect(NextCredential.error([], last: (first, expired)) == expired)
  }

  @Test("A certificate that has ended and was not sent leaves the codes of the next refusal")
  func keepsCodes() throws {
    let first = try Sample.configuration(
      without: ["CLIENTSECRET"], adding: "CLIENTCERTIFICATE = /c.pem", "NEXTCLIENTSECRET = second")
    let next = try #require(first.succeeding)
    let ended = EntraSyncError(.configuration, "it expired")
    let error = NextCredential.error([(first, ended)], last: (next, refusal(7_000_215)))
    #expect(error.status == .authentication)
    #expect(error.aadstsCode == 7_000_215)
    #expect(error.message.hasPrefix("it expired; NEXTCLIENTSECRET (line 5) does not help: "))
    #expect(
      NextCredential.warning(first, hasEnded: true)?.contains(
        "the certificate of CLIENTCERTIFICATE (line 4), which has ended") == true)
  }
}
