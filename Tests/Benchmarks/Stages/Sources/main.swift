// Reads made-up pages as a run does it, up to a stage, so that the instructions of each stage can
// be counted:
//
//     reading-stages make|parse|take|write PEOPLE ATTRIBUTES [KEY=VALUE]
//
// `make` only makes the pages, `parse` also reads their members, `take` also makes claims of them,
// and `write` also makes the list's file and compares it with the file before. PEOPLE are in groups
// of 999, ATTRIBUTES is a QUERYFILTER, and the configuration may have one more key. Telephone
// numbers are written without a country code if it is COUNTRYCODE. The last line of the output is
// the number of lines.

import EntraSync
import EntraSyncIO

/// Makes pages of people as Graph writes them.
struct MadeUpPages {
  private var state: UInt64 = 1

  /// A number of 64 bits that looks like chance, and is the same in each run.
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  /// Makes a page.
  ///
  /// - Parameters:
  ///   - people: How many people are in it.
  ///   - prefix: How telephone numbers begin; `nil` for a page without them.
  /// - Returns: The page.
  mutating func page(of people: Int, phonesWith prefix: String?) -> [UInt8] {
    var page =
      "{\"@odata.context\":\"https://graph.microsoft.com/v1.0/$metadata#directoryObjects\","
      + "\"@odata.nextLink\":\"https://graph.microsoft.com/v1.0/next?$skiptoken=RFNwdAIAAQ\","
      + "\"value\":["
    for index in 0..<people {
      let id = ObjectID(random: UInt128(next()) << 64 | UInt128(next())).text
      let number = next() % 100_000_000
      if index > 0 { page += "," }
      page +=
        "{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"\(id)\","
        + "\"mail\":\"Firstname.Lastname\(number)@example.com\","
        + (prefix.map { "\"mobilePhone\":\"\($0)40 \(number % 9_000_000 + 1_000_000)\"," } ?? "")
        + "\"accountEnabled\":true,\"userType\":\"Member\"}"
    }
    return Array((page + "]}").utf8)
  }
}

func run(_ stage: String, people: Int, filter: String, line: String) throws {
  var pages = MadeUpPages()
  let prefix = line.hasPrefix("COUNTRYCODE") ? "0" : "+358 "
  let phones = filter.contains("mobilePhone") ? prefix : nil
  let text =
    "TENANTID = 11111111-2222-4333-8444-555555555555\n"
    + "CLIENTID = 11111111-2222-4333-8444-555555555556\nCLIENTSECRET = 0123456789abcdef\n"
    + "GROUPID = 11111111-2222-4333-8444-555555555557\nQUERYFILTER = \(filter)\n"
    + line + "\n"
  let configuration = try Configuration(Array(text.utf8), path: "made-up.entraidconf")
  let request = MembersRequest(group: ObjectID(random: 1), of: configuration)
  let shape = try LineShape(.attributes, configuration.queryFilter, by: configuration.valueRules)
  let accounts = AccountFilter(configuration, excluded: [])
  var check = PermissionCheck(shape.needed, of: configuration)
  let parser = JSONParser()
  var met = MetMembers()
  var claims = ClaimSet()
  var (members, left) = (0, people)
  while left > 0 {
    var text = pages.page(of: min(left, 999), phonesWith: phones)
    left -= min(left, 999)
    guard stage != "make" else { continue }
    let reader = PageReader(attributes: request.attributes, pageSize: request.pageSize)
    try parser.read(&text) { (document) throws(EntraSyncError) in
      _ = PageReader.link(of: document)
      try reader.read(document)
    }
    members += reader.members.count
    guard stage != "parse" else { continue }
    for member in reader.members where met.meet(member.id, in: 1) == nil {
      check.note(member)
      guard accounts.admission(of: member) == .admitted else { continue }
      shape.read(member, into: &claims, skip: { _ in }, line: { _ in })
    }
  }
  guard stage == "write" else { return print(members) }
  let lines = claims.resolve(excluding: Exclusions()).lines
  let old = LineSet(fileContent: lines.fileContent)
  print(lines.count, lines.difference(from: old).change)
}

let arguments = CommandLine.arguments.dropFirst()
guard 3...4 ~= arguments.count, let people = Int(arguments.dropFirst().first ?? "") else {
  print("usage: reading-stages make|parse|take|write PEOPLE ATTRIBUTES [KEY=VALUE]")
  throw EntraSyncError(.invalidArgument, "three or four arguments are needed")
}
try run(
  arguments.first ?? "", people: people, filter: arguments.dropFirst(2).first ?? "",
  line: arguments.dropFirst(3).first ?? "")
