/// The machine that a client runs on, as far as Azure knows it.
public struct Machine: Sendable, Equatable {
  /// A managed identity of a machine.
  public struct Identity: Sendable, Equatable {
    /// Its client id, a GUID.
    public var clientID: String
    /// Its object id, a GUID.
    public var objectID: String

    /// Creates an identity from its parts.
    public init(clientID: String, objectID: String) {
      self.clientID = clientID
      self.objectID = objectID
    }

    /// The machine's own identity.
    public static let system = Identity(
      clientID: "1d000000-0000-4000-8000-000000000001",
      objectID: "0b000000-0000-4000-8000-000000000001")
    /// An identity that is assigned to the machine.
    public static let assigned = Identity(
      clientID: "1d000000-0000-4000-8000-000000000002",
      objectID: "0b000000-0000-4000-8000-000000000002")
    /// An identity that no machine has.
    static let unassigned = Identity(
      clientID: "1d000000-0000-4000-8000-0000000000ff",
      objectID: "0b000000-0000-4000-8000-0000000000ff")
  }

  /// The machine's own identity, if it has one.
  public var system: Identity?
  /// The identities that are assigned to it.
  public var assigned: [Identity]
  /// What App Service wants to see in each request.
  public var header: String
  /// The folder into which Azure Arc's agent writes its keys; nil for a machine without the agent.
  public var keyFolder: String?

  /// Creates a machine; it has its own identity and another one by default.
  ///
  /// - Parameters:
  ///   - system: Its own identity, if it has one.
  ///   - assigned: The identities that are assigned to it.
  ///   - header: What App Service wants to see in each request.
  ///   - keyFolder: The folder of Azure Arc's keys, if it has the agent.
  public init(
    system: Identity? = .system, assigned: [Identity] = [.assigned],
    header: String = "853b9a84-5bfa-4b22-a3f3-0b9a43d9ad8a", keyFolder: String? = nil
  ) {
    self.system = system
    self.assigned = assigned
    self.header = header
    self.keyFolder = keyFolder
  }

  /// Finds the identity that a request means.
  ///
  /// - Parameter clientID: The client id that it names, if it names one.
  /// - Returns: The identity; nil if the machine has none such, or several.
  func identity(_ clientID: String?) -> Identity? {
    guard let clientID else {
      // Where there is no other, an assigned one comes in place of the machine's own.
      return system ?? (assigned.count == 1 ? assigned.first : nil)
    }
    let all = [system].compactMap(\.self) + assigned
    return all.first { $0.clientID == clientID.lowercased() }
  }
}
