import EntraSync

/// Copies the texts of an array that C gives.
///
/// - Parameters:
///   - array: Pointers to the texts.
///   - count: How many there are.
///   - name: The argument's name in the header.
/// - Throws: `.invalidArgument` for NULL where a text belongs.
/// - Returns: The texts. One that is not UTF-8 becomes the empty text, which no list can hold.
func copies(
  of array: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int, _ name: String
) throws(EntraSyncError) -> [String] {
  guard count >= 0 else {
    throw EntraSyncError(.invalidArgument, "the argument count is larger than any memory")
  }
  guard count > 0 else { return [] }
  let array = try require(array, name)
  var texts: [String] = []
  for index in 0..<count {
    let text = try require(array[index], "\(name)[\(index)]")
    texts.append(String(validatingCString: text) ?? "")
  }
  return texts
}
