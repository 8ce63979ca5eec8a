/// A way to cut the bytes of an answer into pieces, as a network does.
///
/// The result of reading must not depend on the pieces.
enum Pieces: CaseIterable {
  /// One piece with all bytes.
  case whole
  /// A piece for each of the first 1,000 bytes.
  case bytes
  /// Pieces of up to 16 bytes, whose lengths depend only on the bytes themselves.
  case uneven

  /// Cuts the bytes.
  ///
  /// - Parameter body: All bytes.
  /// - Returns: The pieces, each in its own memory, so that a read past its end is noticed.
  func cut(_ body: [UInt8]) -> [[UInt8]] {
    switch self {
    case .whole: return [body]
    case .bytes: return body.prefix(1000).map { [$0] } + [Array(body.dropFirst(1000))]
    case .uneven:
      // A hash of the bytes (FNV-1a), so that an input is cut in the same way in every run.
      var state = body.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
        ($0 ^ UInt64($1)) &* 0x100_0000_01b3
      }
      var pieces: [[UInt8]] = []
      var rest = body[...]
      while !rest.isEmpty {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let piece = Array(rest.prefix(1 + Int(state >> 60)))
        rest = rest.dropFirst(piece.count)
        pieces.append(piece)
      }
      return pieces
    }
  }
}
