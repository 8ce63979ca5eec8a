extension Fault {
  /// The part of a fault's text after its kind.
  struct Argument {
    /// The kind of the fault, for messages.
    let kind: String
    /// The text after the colon; nil without a colon.
    let text: String?

    /// The kinds that may or must have an argument.
    enum Kind: String, CaseIterable {
      case pageTooLarge = "page-too-large"
      case nullAttributes = "null-attributes"
      case absentAttributes = "absent-attributes"
      case wrongType = "wrong-type"
      case wrongShape = "wrong-shape"
      case otherNextLink = "other-next-link"
      case foreignNextLink = "foreign-next-link"
      case hugeString = "huge-string"
      case cutJSON = "cut-json"
      case shortToken = "short-token"
      case longToken = "long-token"
      case shortPage = "short-page"
      case cutBody = "cut-body"
      case reset, slow, redirect
      case redirect300 = "redirect-300"
      case redirect301 = "redirect-301"
      case redirect302 = "redirect-302"
      case redirect303 = "redirect-303"
      case redirect304 = "redirect-304"
      case redirect307 = "redirect-307"
      case redirect308 = "redirect-308"
    }

    /// The fault of a kind, with this argument.
    ///
    /// - Throws: ``InvalidFault`` if the argument does not fit the kind.
    /// - Returns: The fault.
    func fault(_ kind: Kind) throws(InvalidFault) -> Fault {
      switch kind {
      case .pageTooLarge: .pageLimit(try number())
      case .nullAttributes: .distortion(.nullAttributes(try attributes()))
      case .absentAttributes: .distortion(.absentAttributes(try attributes()))
      case .wrongType: .distortion(.wrongType(try attributes()))
      case .wrongShape: .distortion(.wrongShape(try attributes()))
      case .otherNextLink: .distortion(.otherNextLink(name: try linkName()))
      case .foreignNextLink: .distortion(.foreignNextLink(origin: try origin()))
      case .hugeString: .distortion(.hugeString(megabytes: try number(or: 64)))
      case .cutJSON: .distortion(.cutJSON(at: try position()))
      case .shortToken: .distortion(.shortToken(seconds: try number()))
      case .longToken: .distortion(.longToken(bytes: try number(or: 1_600)))
      case .shortPage: .distortion(.shortPage(percent: try number(or: 40)))
      case .cutBody: .delivery(.cutBody(at: try position()))
      case .reset: .delivery(.reset(at: try position()))
      case .slow: .delivery(.slow(milliseconds: try number()))
      case .redirect300: try redirect(300)
      case .redirect301: try redirect(301)
      case .redirect302, .redirect: try redirect(302)
      case .redirect303: try redirect(303)
      case .redirect304: try redirect(304)
      case .redirect307: try redirect(307)
      case .redirect308: try redirect(308)
      }
    }

    private func redirect(_ status: Int) throws(InvalidFault) -> Fault {
      .delivery(.redirect(status: status, to: try destination()))
    }

    /// The argument as a number.
    ///
    /// - Parameter standard: The number if there is no argument; nil if an argument is required.
    /// - Throws: ``InvalidFault`` if the argument is not a number, or is negative.
    /// - Returns: The number.
    func number(or standard: Int? = nil) throws(InvalidFault) -> Int {
      if text == nil, let standard { return standard }
      guard let text, let number = Int(text), number >= 0 else {
        throw InvalidFault("\(kind) needs a number that is not negative, as in \(kind):2")
      }
      return number
    }

    private func position() throws(InvalidFault) -> Position {
      guard let text else { return .middle }
      guard let number = Int(text) else {
        throw InvalidFault("\(kind) needs a number of bytes, as in \(kind):100 or \(kind):-1")
      }
      return .byte(number)
    }

    private func attributes() throws(InvalidFault) -> [Attribute] {
      guard let text else { return [.mail] }
      var attributes: [Attribute] = []
      for name in text.split(separator: ",") {
        guard let attribute = Attribute(rawValue: String(name)) else {
          throw InvalidFault("unknown attribute \"\(name)\"")
        }
        attributes.append(attribute)
      }
      return attributes
    }

    /// The name of a link. `@` begins a target, so it is written `%40`.
    private func linkName() throws(InvalidFault) -> String {
      guard let text else { return "@odata.nextlink" }
      guard let name = try? PercentEncoding.decode(text.utf8), !name.isEmpty else {
        throw InvalidFault("\(kind) needs a name, as in \(kind):%40odata.nextlink")
      }
      return name
    }

    private func origin() throws(InvalidFault) -> String {
      guard let text else { return "https://evil.example" }
      guard text.contains("://") else {
        throw InvalidFault("\(kind) needs a scheme and host, as in \(kind):https://evil.example")
      }
      return text
    }

    private func destination() throws(InvalidFault) -> Destination {
      switch text {
      case "same": .same
      case "path": .path
      case "relative": .relative
      case "nowhere": .nowhere
      case "scheme": .otherScheme
      case "port": .otherPort
      default: .origin(try origin())
      }
    }
  }
}
