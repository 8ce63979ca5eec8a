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
  /// People all of whose values the configuration leaves out on purpose.
  public private(set) var leftOut = 0

  private let rules: ValueRules

  /// Creates a census that has counted nobody yet.
  ///
  /// - Parameters:
  ///   - field: The field to look at.
  ///   - rules: What the configuration demands of values.
  public init(_ field: QueryFilter.Field, by rules: ValueRules) {
    self.field = field
    self.rules = rules
  }

  /// Counts a person.
  public mutating func note(_ member: Member) {
    let values = LineShape.values(of: field, in: member, by: rules, skip: { _ in })
    guard values.isEmpty else {
      usable += 1
      return
    }
    var isEmpty = true
    var isIntended = true
    for attribute in field.alternatives {
      for value in member.values(of: attribute)
      where !value.trimmed.isEmpty && attribute.counts(value) {
        isEmpty = false
        do {
          _ = try attribute.read(value, by: rules)
        } catch {
          isIntended = isIntended && error.isIntended
        }
      }
    }
    if isEmpty {
      empty += 1
    } else if isIntended {
      leftOut += 1
    } else {
      unusable += 1
    }
  }

  /// The step that a check makes of it.
  public var step: CheckStep {
    var text =
      "\(field.description): \(usable) people have one, \(empty) have none, \(unusable) have one that "
      + "no list can hold"
    if leftOut > 0 { text += ", \(leftOut) have one that the configuration leaves out" }
    return CheckStep(.attribute, empty + unusable > 0 ? .doubtful : .passed, text)
  }
}
