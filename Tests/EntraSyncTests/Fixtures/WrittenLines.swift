import Testing

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
    var claims = ClaimSet()
    shape.read(
      member, skip: { skips.append($0) },
      claim: { claim in
        claims.insert(claim)
        if case .lines(let claimed) = claim.outcome { lines += claimed }
      },
      line: { lines.append($0) })
    self.lines = lines
    self.skips = skips
    expectSame(shape, member, claims)
  }

  /// Expects that a run, which has a short way through usual values, comes to the same.
  private func expectSame(_ shape: LineShape, _ member: Member, _ claims: ClaimSet) {
    var taken = ClaimSet()
    var others: [String] = []
    var reasons: [String] = []
    shape.read(
      member, into: &taken, skip: { reasons.append($0) }, line: { others.append($0) })
    #expect(reasons == skips)
    #expect(taken.claims == claims.claims)
    if claims.count == 0 { #expect(others == lines) }
    #expect(
      taken.resolve(excluding: Exclusions()).lines.fileContent
        == claims.resolve(excluding: Exclusions()).lines.fileContent)
  }
}
