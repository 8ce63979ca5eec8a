extension JSONText {
  /// The document of a single object.
  ///
  /// - Parameters:
  ///   - set: Where such objects are: `groups` or `users`.
  ///   - origin: The scheme and host of Graph.
  ///   - selection: The attributes that `$select` names; nil without it.
  ///   - usual: The attributes to show without `$select`.
  ///   - value: The value of an attribute.
  /// - Returns: The document's bytes.
  static func entity(
    of set: String, origin: String, selection: [Attribute]?, usual: [Attribute],
    value: (Attribute) -> AttributeValue
  ) -> [UInt8] {
    var json = JSONText()
    json.raw("{")
    json.key("@odata.context")
    let names = selection.map { "(\($0.map(\.rawValue).joined(separator: ",")))" } ?? ""
    json.string("\(origin)/v1.0/$metadata#\(set)\(names)/$entity")
    for attribute in selection ?? usual {
      json.raw(",")
      json.key(attribute.rawValue)
      json.value(value(attribute))
    }
    json.raw("}")
    return json.bytes
  }
}
