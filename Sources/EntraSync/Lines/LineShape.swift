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
  /// Which of the needed fields is the address of a line: the first that holds addresses; `nil` if
  /// the template names none.
  let addressIndex: Int?
  /// Whether a line is its address and nothing else.
  let isLineAddress: Bool

  /// The field of QUERYFILTER by which people have addresses: the one that is a line's address. If
  /// the template names none, it is QUERYFILTER's first.
  public let addressField: QueryFilter.Field
  let rules: ValueRules

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
    let addressIndex = needed.firstIndex { $0.kind == .address }
    self.addressIndex = addressIndex
    isLineAddress =
      if parts.count == 1, case .field(let index) = parts[0] {
        index == addressIndex
      } else {
        false
      }
    addressField = addressIndex.map { needed[$0] } ?? filter.address
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

  /// What one person would put into a list: a claim on each address of the person.
  ///
  /// A person without a usable address has no claim. Where the template names no address, the
  /// person has lines and no claim.
  ///
  /// - Parameters:
  ///   - member: The person as the directory has it.
  ///   - skip: Receives each reason why the person, or a value, is left out.
  ///   - claim: Receives each claim.
  ///   - line: Receives each line that belongs to no address, without its end.
  public func read(
    _ member: Member, skip: (String) -> Void, claim: (Claim) -> Void, line: (String) -> Void
  ) {
    guard let addressIndex else {
      if case .lines(let lines) = outcome(of: member, skip: skip) { lines.forEach(line) }
      return
    }
    let field = needed[addressIndex]
    let addresses = LineShape.reading(of: field, in: member, by: rules, skip: skip)
    guard let alternative = addresses.alternative else { return }
    let rank = ClaimRank(alternative: alternative, of: member)
    var columns = needed.map { _ in [String]() }
    columns[addressIndex] = addresses.values
    let failure = fill(&columns, of: member, except: addressIndex, skip: skip)
    for address in addresses.values {
      columns[addressIndex] = [address]
      claim(
        Claim(
          address: address, person: member.id, rank: rank,
          outcome: failure ?? .lines(lines(of: columns))))
    }
  }

  /// The addresses that a person may have in a list.
  ///
  /// - Parameter member: The person as the directory has it.
  /// - Returns: The addresses, each once.
  func addresses(of member: Member) -> [String] {
    LineShape.values(of: addressField, in: member, by: rules, skip: { _ in })
  }

  /// The lines that a person gets whatever the address is, or why there are none.
  ///
  /// - Parameters:
  ///   - member: The person as the directory has it.
  ///   - skip: Receives each reason why the person, or a value, is left out.
  /// - Returns: One line, or one for each value of an attribute with several.
  public func outcome(of member: Member, skip: (String) -> Void) -> Claim.Outcome {
    var columns = needed.map { _ in [String]() }
    return fill(&columns, of: member, except: nil, skip: skip) ?? .lines(lines(of: columns))
  }

  /// Reads the values of each needed field.
  ///
  /// - Returns: `nil` if the person has a usable value of each, otherwise why there is no line.
  private func fill(
    _ columns: inout [[String]], of member: Member, except known: Int?, skip: (String) -> Void
  ) -> Claim.Outcome? {
    var isLacking = false
    var isRefused = false
    for (index, field) in needed.enumerated() where index != known {
      let reading = LineShape.reading(of: field, in: member, by: rules, skip: skip)
      columns[index] = reading.values
      if reading.values.isEmpty {
        if reading.wasRefused { isRefused = true } else { isLacking = true }
      }
    }
    // The bound stops a hostile record from multiplying without end.
    var rows = 1
    for column in columns where !column.isEmpty && rows <= LineShape.mostValues {
      rows *= column.count
    }
    if rows > LineShape.mostValues {
      skip("has more than \(LineShape.mostValues) combinations of values")
      isRefused = true
    }
    return isRefused ? .refused : isLacking ? .lacking : nil
  }

  /// One line for each combination of values.
  private func lines(of columns: [[String]]) -> [String] {
    var rows: [[String]] = [[]]
    for values in columns { rows = rows.flatMap { row in values.map { row + [$0] } } }
    return rows.map { row in
      var line = ""
      for part in parts {
        switch part {
        case .text(let text): line += text
        case .field(let index): line += row[index]
        }
      }
      return line
    }
  }

  /// How many values, and how many lines, one person may have; Graph itself allows far fewer.
  private static let mostValues = 1000

  /// What was read of a field.
  struct FieldReading {
    /// The values that a line may hold, each once.
    var values: [String] = []
    /// Which alternative has them, counted from 0; `nil` if none has.
    var alternative: Int?
    /// Whether a value was refused.
    var wasRefused = false
  }

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
    reading(of: field, in: member, by: rules, skip: skip).values
  }

  /// Reads a field: the values of the first alternative that has any which a line may hold.
  static func reading(
    of field: QueryFilter.Field, in member: Member, by rules: ValueRules, skip: (String) -> Void
  ) -> FieldReading {
    var reading = FieldReading()
    var refusals: [(index: Int, text: String)] = []
    for (index, attribute) in field.alternatives.enumerated() {
      let values = member.values(of: attribute)
      guard values.count <= mostValues else {
        skip("has more than \(mostValues) values of \(attribute.name)")
        return FieldReading(wasRefused: true)
      }
      // A blank value is like none.
      for value in values where attribute.counts(value) && !value.trimmed.isEmpty {
        do {
          let text = try attribute.read(value, by: rules)
          if !reading.values.containsBytes(of: text) { reading.values.append(text) }
        } catch {
          reading.wasRefused = true
          refusals.append((index, "\(attribute.name) \(value.quoted()) \(error.reason)"))
        }
      }
      if !reading.values.isEmpty {
        reading.alternative = index
        break
      }
    }
    for refusal in refusals {
      if let used = reading.alternative, used != refusal.index {
        skip("\(refusal.text), so \(field.alternatives[used].name) is read")
      } else {
        skip(refusal.text)
      }
    }
    if reading.values.isEmpty, !reading.wasRefused { skip("has no \(field.description)") }
    return reading
  }

  /// Whether a line holds nothing of a person but the address.
  var isAddressAlone: Bool { needed.count == 1 && addressIndex == 0 }

  /// The part of a list's line that is its address.
  ///
  /// - Parameter line: A line without its end.
  /// - Returns: `nil` if the line does not have this shape.
  public func address(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let addressIndex else { return nil }
    var rest = line
    var found: ArraySlice<UInt8>?
    for (index, part) in parts.enumerated() {
      switch part {
      case .text(let text):
        guard rest.starts(with: text.utf8) else { return nil }
        rest = rest.dropFirst(text.utf8.count)
      case .field(let field):
        // A value ends where the next text begins; a value holds neither a space nor that text's
        // first byte, or else the line cannot be read.
        var end = rest.endIndex
        if index + 1 < parts.count {
          guard case .text(let next) = parts[index + 1], let stop = next.utf8.first,
            let position = rest.firstIndex(of: stop)
          else { return nil }
          end = position
        }
        if field == addressIndex, found == nil { found = rest[..<end] }
        rest = rest[end...]
      }
    }
    return rest.isEmpty ? found : nil
  }
}
