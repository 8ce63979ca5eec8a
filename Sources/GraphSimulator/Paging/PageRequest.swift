/// Which members are asked for: what a nextLink's token stands for.
struct PageRequest: Sendable, Equatable {
  /// The group's id, in lower case.
  var group: String
  /// Which of the collections.
  var collection: Collection
  /// What `$select` named, in its order; nil without it.
  var selection: [Attribute]?
  /// What `$top` named; nil without it.
  var top: Int?
  /// Whether the number of members is asked for, and may be.
  var counts = false
  /// How many members came on the pages before.
  var offset = 0
  /// Which page of the run this is, from 1.
  var page = 1
  /// Whether an empty page has been served in front of this one.
  var afterEmptyPage = false

  /// The collections of a group's members.
  struct Collection: Sendable, Equatable {
    /// Whether members of nested groups count.
    var transitive: Bool
    /// Whether only users are listed, by the cast `/microsoft.graph.user`.
    var usersOnly: Bool

    /// The end of its path.
    var path: String {
      (transitive ? "transitiveMembers" : "members") + (usersOnly ? "/microsoft.graph.user" : "")
    }
  }

  /// How many members a page has.
  var size: Int { top ?? Self.defaultTop }

  /// Whether a request repeats what this one fixed, as those of one run must.
  func isSameRun(as other: PageRequest) -> Bool {
    (group, selection, top) == (other.group, other.selection, other.top)
      && collection == other.collection
  }
}
