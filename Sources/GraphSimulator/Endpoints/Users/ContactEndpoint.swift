/// `GET /v1.0/contacts/{id}`: the properties of one mail contact.
///
/// - SeeAlso: Microsoft Graph v1.0, "Get orgContact".
struct ContactEndpoint: EntityEndpoint {
  /// The scheme and host of Graph, which the context contains.
  let origin: String
  /// The contact's id in lower case.
  let contact: String

  var roles: [Role] { [.orgContactReadAll] }
  var resource: String { contact }
  var collection: String { "contacts" }
  var entity: PageRequest.ObjectKind { .contact }
  var usual: [Attribute] { [.displayName, .id, .mail, .phones, .proxyAddresses] }
  var target: FaultRule.Target { .user }

  func values(
    in directory: inout Directory
  ) throws(GraphError) -> @Sendable (Attribute) -> AttributeValue {
    guard let found = directory.contacts.first(where: { $0.id == contact }) else {
      throw .unknownResource(contact)
    }
    return { $0 == .id ? .text(found.id) : found.value(of: $0) ?? .null }
  }
}
