/// One page of members or other objects, with its nextLink.
struct Page {
  /// The request that the page answers.
  let request: PageRequest
  /// The members on it.
  let members: ArraySlice<Directory.Entry>
  /// The link to the next page, if there is one.
  let nextLink: String?
  /// The number of all members, if this page shows it.
  let count: Int?
}

extension Page {
  /// Makes the page that a request asks for.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - all: All objects of the collection.
  ///   - distortions: The distortions to apply.
  ///   - own: The URL of this page.
  ///   - link: Makes the link to a page, with a new skip token.
  /// - Returns: The page; it is empty if it begins after the last object.
  static func make(
    _ request: PageRequest, of all: [Directory.Entry], distortions: [Fault.Distortion],
    own: String, link: (PageRequest) -> String
  ) -> Page {
    let count = request.counts && request.page == 1 ? all.count : nil
    if distortions.contains(.emptyAnswer) {
      return Page(request: request, members: [], nextLink: nil, count: count)
    }
    var following = request
    following.page += 1
    if distortions.contains(.emptyPage), !request.afterEmptyPage {
      following.afterEmptyPage = true
      return Page(request: request, members: [], nextLink: link(following), count: count)
    }

    var kept = all.count
    for case .shortPage(let percent) in distortions { kept -= kept * min(percent, 100) / 100 }
    let start = min(request.offset, all.count)
    let end = max(start, min(start + request.size, kept))
    following.offset = end
    following.afterEmptyPage = false
    var nextLink = end < all.count && kept == all.count ? link(following) : nil
    for distortion in distortions {
      switch distortion {
      case .repeatedNextLink where request.page > 1 || nextLink == nil: nextLink = own
      case .otherNextLink where nextLink == nil: nextLink = own
      case .endlessPages where nextLink == nil:
        following.offset = 0
        nextLink = link(following)
      case .foreignNextLink(let origin):
        nextLink = origin + (own.firstRange(of: "/v1.0").map { own[$0.lowerBound...] } ?? "")
      default: break
      }
    }
    let first = distortions.contains(.repeatedMembers) && start > 0 ? start - 1 : start
    return Page(request: request, members: all[first..<end], nextLink: nextLink, count: count)
  }
}
