extension Page {
  /// Writes the page in Graph's order: context, count, nextLink, value.
  ///
  /// - Parameters:
  ///   - directory: The directory that holds the members.
  ///   - origin: The scheme and host in the context's URL.
  ///   - distortions: The distortions to apply.
  /// - Returns: The bytes of the body.
  func json(
    directory: Directory, origin: String, distortions: [Fault.Distortion]
  ) -> [UInt8] {
    var writer = MemberWriter(
      directory: directory, request: request, distortions: distortions,
      json: JSONText(
        isASCII: distortions.contains(.escaped), capacity: 1_024 + members.count * 256))
    writer.json.raw("{")
    writer.json.key("@odata.context")
    writer.json.string("\(origin)/v1.0/$metadata#\(context)")
    if let count {
      writer.json.raw(",\"@odata.count\":")
      writer.json.raw("\(count)".utf8)
    }
    let isLinkLate = distortions.contains(.lateNextLink)
    if !isLinkLate { writeNextLink(to: &writer.json, distortions) }
    if !distortions.contains(.noValue) {
      let isObject = distortions.contains(.valueNotArray)
      writer.json.raw(isObject ? ",\"value\":{\"members\":[" : ",\"value\":[")
      guard write(to: &writer, distortions: distortions) else { return writer.json.bytes }
      writer.json.raw(isObject ? "]}" : "]")
    }
    if isLinkLate { writeNextLink(to: &writer.json, distortions) }
    writer.json.raw("}")
    return writer.json.bytes
  }

  private var context: String {
    let type = request.collection.context
    guard let selection = request.selection else { return type }
    return "\(type)(\(selection.map(\.rawValue).joined(separator: ",")))"
  }

  private func writeNextLink(to json: inout JSONText, _ distortions: [Fault.Distortion]) {
    var name = "@odata.nextLink"
    for distortion in distortions {
      switch distortion {
      case .numberNextLink: return json.raw(",\"@odata.nextLink\":42")
      case .nullNextLink: return json.raw(",\"@odata.nextLink\":null")
      case .emptyNextLink: return json.raw(",\"@odata.nextLink\":\"\"")
      case .otherNextLink(let other): name = other
      default: break
      }
    }
    guard let nextLink else { return }
    json.raw(",")
    json.key(name)
    json.string(nextLink)
  }

  /// Writes the members; returns false if the body must end there.
  private func write(to writer: inout MemberWriter, distortions: [Fault.Distortion]) -> Bool {
    let middle = members.startIndex + members.count / 2
    for (index, entry) in zip(members.indices, members) {
      if index > members.startIndex { writer.json.raw(",") }
      if index == middle, distortions.contains(.splicedError) {
        GraphError.failure(.serverError, resource: request.collection.path)
          .write(to: &writer.json, requestID: ObjectID.random(), clientRequestID: ObjectID.random())
        return false
      }
      if index == middle, distortions.contains(.memberNotObject) {
        writer.json.raw("\"a member\",")
      }
      writer.write(entry, distance: index - middle)
    }
    return true
  }
}
