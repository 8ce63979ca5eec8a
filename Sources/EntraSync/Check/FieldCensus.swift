/// How many people have a usable value of a field.
public struct FieldCensus: Equatable, Sendable {
  /// The field that is looked at.
  public let field: QueryFilter.Field
  /// People with a value that a line may hold.
  public private(set) var usable = 0
  /// People without any value.
  public private(set) var empty = 0
  /// People whose values no line may hold.
  public private(set) var unusable = 0

  /// Creates a census that has counted nobody yet.
  ///
  /// - Parameter field: The field to look at.
  public init(_ field: QueryFilter.Field) {
    self.field = field
  }

  /// Counts a person.
  public mutating func note(_ member: Member) {
    let values = LineShape.values(of: field, in: member, skip: { _ in })
    let isEmpty = field.alternatives.allSatisfy { attribute in
      member.values(of: attribute).allSatisfy { $0.trimmed.isEmpty || !attribute.counts($0) }
    }
    if !values.isEmpty {
      usable += 1
    } else if isEmpty {
      empty += 1
    } else {
      unusable += 1
    }
  }

  /// The step that a check makes of it.
  public var step: CheckStep {
    let text =
      "\(field.description): \(usable) people have one, \(empty) have none, \(unusable) have one that "
      + "no list can hold"
    return CheckStep(.attribute, empty + unusable > 0 ? .doubtful : .passed, text)
  }
}
