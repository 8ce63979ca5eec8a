import Testing

@testable import EntraSync

@Suite struct SecondReadingTests {
  @Test(
    "A change of more than ten lines and of more than 5 % of the list is read twice",
    arguments: [
      (100, 11, 0, true), (100, 0, 11, true), (100, 10, 10, false), (220, 11, 0, false),
      (219, 11, 0, true), (1000, 50, 0, false), (1000, 51, 0, true), (0, 0, 500, false),
      (12, 11, 0, true),
    ])
  func isNeeded(before: Int, removed: Int, added: Int, isNeeded: Bool) {
    let change = ListChange(
      before: before, after: before + added - removed, added: added, removed: removed)
    #expect(SecondReading.isNeeded(for: change) == isNeeded)
  }

  static func lines(_ lines: String...) -> LineSet {
    LineSet(fileContent: Array(lines.joined(separator: "\n").utf8))
  }

  @Test("What both readings agree on is done, and other addresses keep their old lines")
  func agrees() throws {
    let shape = try LineShape(.attributes, QueryFilter("mail,mobilePhone"), by: ValueRules())
    let (agreed, disagreements) = SecondReading.agreement(
      of: Self.lines("a@b.fi 1", "new@b.fi 1", "some@b.fi 1", "moved@b.fi 2"),
      and: Self.lines("a@b.fi 1", "new@b.fi 1", "gone@b.fi 1", "moved@b.fi 3"),
      keeping: Self.lines("a@b.fi 1", "gone@b.fi 1", "left@b.fi 1", "moved@b.fi 1"),
      address: { shape.address(of: $0) })
    #expect(
      String(decoding: agreed.fileContent, as: UTF8.self)
        == "a@b.fi 1\ngone@b.fi 1\nmoved@b.fi 1\nnew@b.fi 1\n")
    #expect(disagreements == 3)
  }

  /// The claims of people who have these numbers, under two shapes of line.
  static func claims(_ numbers: [Int]) throws -> (ClaimSet, [LineShape]) {
    let shapes = try ["mail", "mail,mobilePhone"].map {
      try LineShape(.attributes, QueryFilter($0), by: ValueRules())
    }
    var claims = ClaimSet()
    for (index, number) in numbers.enumerated() {
      let member = Sample.member(
        [("mail", "p\(index)@b.fi"), ("mobilePhone", "04012345\(number)")],
        id: "00000000-0000-4000-8000-00000000000\(index)")
      for shape in shapes {
        shape.read(member, skip: { _ in }, claim: { claims.insert($0) }, line: { _ in })
      }
    }
    return (claims, shapes)
  }

  @Test("Lines of two shapes are compared by address, whichever configuration comes first")
  func comparesShapes() throws {
    let (first, shapes) = try Self.claims([11, 22])
    let (second, _) = try Self.claims([11, 33])
    let old = Self.lines(
      "p0@b.fi", "p0@b.fi 0401234500", "p1@b.fi", "p1@b.fi 0401234500", "gone@b.fi 0401234500")
    for shapes in [shapes, shapes.reversed()] {
      let addresses = LineAddresses([first, second], shapes: shapes)
      let (agreed, disagreements) = SecondReading.agreement(
        of: first.resolve(excluding: Exclusions()).lines,
        and: second.resolve(excluding: Exclusions()).lines, keeping: old,
        address: { addresses.address(of: $0) })
      #expect(
        String(decoding: agreed.fileContent, as: UTF8.self)
          == "p0@b.fi\np0@b.fi 0401234511\np1@b.fi\np1@b.fi 0401234500\n")
      #expect(disagreements == 1)
      let unread = Array("x@b.fi 0401234500".utf8)[...]
      #expect(addresses.address(of: unread).map { String(decoding: $0, as: UTF8.self) } == "x@b.fi")
    }
  }

  @Test("A warning counts addresses in words", arguments: [(1, "1 address,"), (2, "2 addresses,")])
  func counts(count: Int, words: String) {
    #expect(SecondReading.warning(count).contains(" about \(words) whose lines stay "))
  }

  @Test(
    "The address of a line is found by the list's template",
    arguments: [
      ("* {mail} <reg> - 0", "* a@b.fi <reg> - 0", "a@b.fi"),
      ("{mobilePhone} {mail}", "0401234567 a@b.fi", "a@b.fi"),
      ("* {mail} <reg> - 0", "a@b.fi", nil), ("{mobilePhone}", "0401234567", nil),
    ])
  func findsAddress(template: String, line: String, address: String?) throws {
    let shape = try LineShape(
      LineTemplate(template), QueryFilter("mail,mobilePhone"), by: ValueRules())
    let found = shape.address(of: Array(line.utf8)[...])
    #expect(found.map { String(decoding: $0, as: UTF8.self) } == address)
  }
}
