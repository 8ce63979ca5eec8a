import EntraSync

/// The result of reading one page.
struct PageReading: Equatable {
  /// The attributes to keep: every kind, some with one value and some with several.
  static let attributes = ["mail", "mobilePhone", "proxyAddresses", "businessPhones", "id", "city"]
    .compactMap(Attribute.init(named:))

  /// The way to read a page.
  enum Way {
    /// Event by event, which is what the rules are written for.
    case plain
    /// As a run does it.
    case short
  }

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
  ///   - way: The way to read it.
  init(_ answer: Answer, in pieces: Pieces, _ way: Way = .short) {
    let page = PageReader(attributes: PageReading.attributes)
    var refusal: JSONValue?
    var failure: EntraSyncError?
    do throws(EntraSyncError) {
      refusal = try answer.read(in: pieces) { (document) throws(EntraSyncError) in
        switch way {
        case .short: try page.read(document)
        case .plain:
          try document.send(to: page)
          try page.finish()
        }
      }
    } catch {
      failure = error
    }
    self.refusal = refusal
    error = failure
    members = Array(page.members)
    nextLink = page.nextLink
  }
}
