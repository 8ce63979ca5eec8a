/// Which objects are asked for: what a nextLink's token stands for.
struct PageRequest: Sendable, Equatable {
  /// Which of the collections.
  var collection: Collection
  /// What `$select` named, in its order; nil without it.
  var selection: [Attribute]?
  /// What `$top` named; nil without it.
  var top: Int?
  /// What `$filter` named; nil without it.
  var filter: UserFilter?
  /// Whether the number of objects is asked for, and may be.
  var counts = false
  /// How many objects came on the pages before.
  var offset = 0
  /// Which page of the run this is, from 1.
  var page = 1
  /// Whether an empty page has been served in front of this one.
  var afterEmptyPage = false

  /// How many objects a page has.
  var size: Int { top ?? Self.defaultTop }

  /// Whether a request repeats what this one fixed, as those of one run must.
  func isSameRun(as other: PageRequest) -> Bool {
    (selection, top) == (other.selection, other.top)
      && collection == other.collection && filter == other.filter
  }
}
