import EntraSync

/// The result of reading one page.
struct PageReading: Equatable {
  /// The attributes to keep: every kind, some with one value and some with several.
  static let attributes = ["mail", "mobilePhone", "proxyAddresses", "businessPhones", "id", "city"]
    .compactMap(Attribute.init(named:))

  /// The members, in their order.
  let members: [Member]
  /// The URL of the next page.
  let nextLink: String?
  /// The document of a status other than 200.
  let refusal: JSONValue?
  /// The reason why a 200 is not a whole page.
  let error: EntraSyncError?

  /// Reads an answer.
  ///
  /// - Parameters:
  ///   - answer: The status and the body.
  ///   - pieces: The way in which the body is cut.
  init(_ answer: Answer, in pieces: Pieces) {
    let page = PageReader(attributes: PageReading.attributes)
    var refusal: JSONValue?
    var failure: EntraSyncError?
    do throws(EntraSyncError) {
      refusal = try answer.read(into: page, in: pieces)
      if answer.httpStatus == 200 { try page.finish() }
    } catch {
      failure = error
    }
    self.refusal = refusal
    error = failure
    members = page.members
    nextLink = page.nextLink
  }
}
