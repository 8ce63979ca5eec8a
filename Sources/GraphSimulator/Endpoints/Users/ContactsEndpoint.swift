/// `GET /v1.0/contacts`: the mail contacts of the tenant, or those that a filter finds.
///
/// The tenant's contacts are the contacts in its groups.
///
/// - SeeAlso: Microsoft Graph v1.0, "List organizational contacts".
struct ContactsEndpoint: PagedEndpoint {
  let origin: String

  var collection: PageRequest.Collection { .contacts }
  var target: FaultRule.Target { .users }
  var roles: [Role] { [.orgContactReadAll] }
  var resource: String { "contacts" }

  func entries(
    _ request: PageRequest, distortions: [Fault.Distortion], directory: inout Directory
  ) throws(GraphError) -> [Directory.Entry] {
    directory.contacts.filter { contact in
      request.filter?.clauses.contains { contact.has($0) } ?? true
    }.map { .given(.contact($0)) }
  }
}

extension Contact {
  /// Whether a condition of a filter holds.
  fileprivate func has(_ clause: UserFilter.Clause) -> Bool {
    let values = clause.attribute == .mail ? [mail ?? ""] : proxyAddresses
    return values.contains { $0.lowercased() == clause.value.lowercased() }
  }
}

extension Directory {
  /// The contacts in the groups, each once, in a stable order.
  var contacts: [Contact] {
    var seen: Set<String> = []
    return groups.sorted { $0.key < $1.key }.flatMap(\.value.entries).compactMap { entry in
      guard case .given(.contact(let contact)) = entry, seen.insert(contact.id).inserted else {
        return nil
      }
      return contact
    }
  }

  /// The id of a contact, or nil if there is no such contact.
  func contactID(_ id: String) -> String? {
    contacts.contains { $0.id == id.lowercased() } ? id.lowercased() : nil
  }
}
