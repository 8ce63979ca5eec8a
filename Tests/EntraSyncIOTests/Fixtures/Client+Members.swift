import EntraSync
import GraphSimulator

@testable import EntraSyncIO

extension Client {
  /// What reads the members of groups, about which nothing is asked before.
  func members(of groups: [BuiltInGroup], _ run: Run, in convoy: Convoy = Convoy()) -> GroupsReader
  {
    GroupsReader(
      confirming: [], excluding: [],
      reading: groups.compactMap { EntraSync.ObjectID($0.id) }.map {
        MembersRequest(group: $0, of: configuration)
      },
      by: configuration.queryFilter.address,
      from: GraphService(configuration, run: run, tokens: tokens), in: convoy)
  }
}
