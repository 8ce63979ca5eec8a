/// Which address each line of a list belongs to.
///
/// Lines of one list may have several shapes, since each configuration has its own QUERYFILTER. The
/// people of a reading tell the address of each of their lines. Other lines are read by the shapes.
public struct LineAddresses {
  private var known: [ArraySlice<UInt8>: ArraySlice<UInt8>] = [:]
  private var addresses: Set<ArraySlice<UInt8>> = []
  private let shapes: [LineShape]

  /// Notes the address of each line that was read.
  ///
  /// - Parameters:
  ///   - readings: What was read.
  ///   - shapes: The shapes that the list's lines may have.
  public init(_ readings: [ClaimSet], shapes: [LineShape]) {
    self.shapes = shapes
    for reading in readings {
      reading.forEachLine { line, address in
        known[line] = address
        addresses.insert(address)
      }
    }
  }

  /// The address of a line.
  ///
  /// - Parameter line: The line without its end.
  /// - Returns: `nil` if no shape fits the line.
  public func address(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    if let address = known[line] { return address }
    let candidates = shapes.compactMap { $0.address(of: line) }
    // Several shapes may fit, but an address holds no space.
    return candidates.first { addresses.contains($0) }
      ?? candidates.first { !$0.contains(UInt8(ascii: " ")) }
  }
}
