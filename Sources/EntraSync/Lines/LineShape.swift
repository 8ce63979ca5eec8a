/// A line template that was matched with a query filter: what it needs of each person, and how a
/// line is put together.
public struct LineShape: Sendable {
  enum Part: Sendable {
    case text(String)
    case field(Int)
  }

  /// The fields that a person must have to get a line. Other fields are ignored.
  public let needed: [QueryFilter.Field]
  let parts: [Part]
  private let rules: ValueRules

  /// Matches a template with a query filter.
  ///
  /// - Parameters:
  ///   - template: The shape of a line.
  ///   - filter: The attributes that there are.
  ///   - rules: What the configuration demands of values.
  /// - Throws: `.invalidArgument` when the template names an attribute that the filter lacks.
  public init(
    _ template: LineTemplate, _ filter: QueryFilter, by rules: ValueRules
  ) throws(EntraSyncError) {
    var needed: [QueryFilter.Field] = []
    var parts: [Part] = []
    func fieldIndex(of field: QueryFilter.Field) -> Int {
      if let index = needed.firstIndex(of: field) { return index }
      needed.append(field)
      return needed.count - 1
    }
    if let templateParts = template.parts {
      for part in templateParts {
        switch part {
        case .text(let text): parts.append(.text(text))
        case .attribute(let name):
          parts.append(.field(fieldIndex(of: try LineShape.field(named: name, in: filter))))
        }
      }
    } else {
      for field in filter.fields {
        if !parts.isEmpty { parts.append(.text(" ")) }
        parts.append(.field(fieldIndex(of: field)))
      }
    }
    self.needed = needed
    self.parts = parts
    self.rules = rules
  }

  private static func field(
    named name: String, in filter: QueryFilter
  ) throws(EntraSyncError) -> QueryFilter.Field {
    let wanted = name.lowercased()
    let field =
      switch wanted {
      case "address": filter.fields.first
      case "phone": filter.fields.first { $0.kind == .phone }
      default: filter.fields.first { $0.name.lowercased() == wanted }
      }
    guard let field else {
      let names = filter.fields.map(\.description).joined(separator: ",")
      let known = wanted == "phone" ? "mobilePhone" : Attribute(named: name)?.name
      let advice =
        known.map {
          "QUERYFILTER (\(names)) lacks; set it to \(names),\($0) or change the template"
        }
        ?? "is no attribute; write one of QUERYFILTER (\(names))"
      throw EntraSyncError(
        .invalidArgument, "the line template names {\(name.singleLine)}, which \(advice)")
    }
    return field
  }

  /// The lines that one person gets: one, or one for each value of an attribute with several.
  ///
  /// - Parameters:
  ///   - member: The person as the directory has it.
  ///   - skip: Receives each reason why the person, or a value, is left out.
  ///   - emit: Receives each line without its end.
  public func write(
    _ member: Member, skip: (String) -> Void, emit: (String) -> Void
  ) {
    var columns: [[String]] = []
    for field in needed {
      let values = LineShape.values(of: field, in: member, by: rules, skip: skip)
      guard !values.isEmpty else { return }
      columns.append(values)
    }
    // One line for each value. The bound stops a hostile record from multiplying without end.
    var rows: [[String]] = [[]]
    for values in columns {
      guard rows.count * values.count <= LineShape.mostValues else {
        skip("has more than \(LineShape.mostValues) combinations of values")
        return
      }
      rows = rows.flatMap { row in values.map { row + [$0] } }
    }
    for row in rows {
      var line = ""
      for part in parts {
        switch part {
        case .text(let text): line += text
        case .field(let index): line += row[index]
        }
      }
      emit(line)
    }
  }

  /// How many values, and how many lines, one person may have; Graph itself allows far fewer.
  private static let mostValues = 1000

  /// The values of a field that a line may hold: those of the first alternative that has any.
  ///
  /// - Parameters:
  ///   - field: The field.
  ///   - member: The person as the directory has it.
  ///   - rules: What the configuration demands of values.
  ///   - skip: Receives each reason why a value, or the whole field, is left out.
  /// - Returns: The values, each once; none where there is nothing that a line may hold.
  public static func values(
    of field: QueryFilter.Field, in member: Member, by rules: ValueRules, skip: (String) -> Void
  ) -> [String] {
    var wasRefused = false
    for attribute in field.alternatives {
      let values = member.values(of: attribute)
      guard values.count <= mostValues else {
        skip("has more than \(mostValues) values of \(attribute.name)")
        return []
      }
      var found: [String] = []
      for value in values where attribute.counts(value) {
        do {
          let text = try attribute.read(value, by: rules)
          if !found.containsBytes(of: text) { found.append(text) }
        } catch {
          wasRefused = true
          skip("\(attribute.name) \(value.quoted()) \(error.reason)")
        }
      }
      if !found.isEmpty { return found }
    }
    if !wasRefused { skip("has no \(field.description)") }
    return []
  }
}
