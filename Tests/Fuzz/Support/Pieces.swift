/// How the bytes of an answer are cut on their way.
///
/// What is read must not depend on it.
enum Pieces: CaseIterable {
  /// All bytes at once.
  case whole
  /// One byte at a time, the first thousand of them; yajl reads a text anew with every piece of it.
  case bytes
  /// In pieces of up to 16 bytes, which only the bytes themselves decide.
  case uneven

  /// Cuts the bytes.
  ///
  /// - Parameter body: All of them.
  /// - Returns: The pieces, each in memory of its own, so that reading past its end is noticed.
  func cut(_ body: [UInt8]) -> [[UInt8]] {
    switch self {
    case .whole: return [body]
    case .bytes: return body.prefix(1000).map { [$0] } + [Array(body.dropFirst(1000))]
    case .uneven:
      // The bytes' own hash (FNV-1a), so that an input is cut the same way in every run.
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
