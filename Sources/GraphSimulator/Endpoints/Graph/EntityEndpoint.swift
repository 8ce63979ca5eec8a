/// An endpoint whose answer is one object.
protocol EntityEndpoint: GraphEndpoint where Question == [Attribute]? {
  /// The scheme and host of Graph, which the context contains.
  var origin: String { get }
  /// The collection that the object belongs to, as the context names it.
  var collection: String { get }
  /// What the object is, for the attributes that `$select` may name.
  var entity: PageRequest.ObjectKind { get }
  /// The attributes that are shown without `$select`.
  var usual: [Attribute] { get }
  /// The target that fault rules know the endpoint by.
  var target: FaultRule.Target { get }

  /// Finds the object.
  ///
  /// - Parameter directory: The groups and their members.
  /// - Throws: Graph's error if there is no such object.
  /// - Returns: The value of each attribute.
  func values(
    in directory: inout Directory
  ) throws(GraphError) -> @Sendable (Attribute) -> AttributeValue
}

extension EntityEndpoint {
  var method: String { "GET" }

  /// Reads the attributes to show; nil without `$select`.
  func question(
    _ request: Request, state: borrowing SimulatorState
  ) throws(GraphError) -> [Attribute]? {
    try PageRequest.selection(in: request, of: entity)
  }

  func occasion(of selection: [Attribute]?) -> Occasion {
    Occasion(target: target)
  }

  func draft(
    _ selection: [Attribute]?, target: String, distortions: [Fault.Distortion],
    state: inout SimulatorState
  ) throws(GraphError) -> Draft {
    let values = try values(in: &state.directory)
    return { [origin, collection, usual] in
      .graph(
        JSONText.entity(
          of: collection, origin: origin, selection: selection, usual: usual, value: values)
      ).distorted(distortions)
    }
  }
}
