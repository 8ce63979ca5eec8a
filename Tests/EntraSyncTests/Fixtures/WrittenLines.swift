@testable import EntraSync

/// The lines that a line shape writes for one person.
struct WrittenLines {
  var lines: [String] = []
  var skips: [String] = []

  /// Writes with a template and a filter; without a template, the default shape.
  init(
    _ template: String?, _ filter: String, _ values: [(String, String)],
    by rules: ValueRules = ValueRules()
  ) throws {
    let shape = try LineShape(
      template.map { try LineTemplate($0) } ?? .attributes, QueryFilter(filter), by: rules)
    self.init(shape, Sample.member(values))
  }

  init(_ shape: LineShape, _ member: Member) {
    var lines: [String] = []
    var skips: [String] = []
    shape.read(
      member, skip: { skips.append($0) },
      claim: { if case .lines(let claimed) = $0.outcome { lines += claimed } },
      line: { lines.append($0) })
    self.lines = lines
    self.skips = skips
  }
}
