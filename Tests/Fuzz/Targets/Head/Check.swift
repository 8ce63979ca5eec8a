@testable import EntraSync

/// Checks that any lines of heads and trailers leave something bounded and fit to be shown, and
/// that the next head begins anew.
///
/// - Parameter input: The lines, as libcurl hands them over, each with its end.
func check(_ input: [UInt8]) {
  var head = AnswerHead()
  for line in lines(of: input) {
    guard receive(line, &head) else {
      return require(head.bytes > AnswerHead.largest, "only too much ends an answer", head.bytes)
    }
    requireBounded(head)
  }
  require(head.bytes == input.count, "each byte counts once", head.bytes)
  guard receive(Array("HTTP/1.1 200 OK\r\n".utf8), &head) else { return }
  require(
    head.values.isEmpty && head.challenges.isEmpty && head.proxyMethods.isEmpty && head.isReadable
      && !head.isComplete, "a head begins anew", head)
}

private func lines(of input: [UInt8]) -> [[UInt8]] {
  var lines: [[UInt8]] = [[]]
  for byte in input {
    lines[lines.count - 1].append(byte)
    if byte == UInt8(ascii: "\n") { lines.append([]) }
  }
  return lines
}

private func receive(_ line: [UInt8], _ head: inout AnswerHead) -> Bool {
  var isTaken = true
  line.withUnsafeBufferPointer { bytes in
    do throws(EntraSyncError) { try head.receive(bytes) } catch {
      requirePresentable(error)
      isTaken = false
    }
  }
  return isTaken
}

private func requireBounded(_ head: AnswerHead) {
  require(
    Set(head.values.keys).isSubset(of: ["retry-after", "request-id", "date"]),
    "only those are kept", head)
  for value in head.values.values {
    require(value.utf8.count <= 3 * AnswerHead.longestLine, "a value is short", value)
    require(value == value.trimmed, "a value has no blanks around it", value)
    if let seconds = RetryAfter.seconds(value, now: 1e9) {
      require((0...2_678_400).contains(seconds), "a wait has an end", seconds)
    }
  }
  let kept = head.challenges.reduce(0) { $0 + $1.utf8.count }
  require(kept <= AnswerHead.largestChallenges, "challenges are bounded", kept)
  require(
    head.proxyMethods.count <= 8 && head.proxyMethods.allSatisfy(\.isPlainWord),
    "methods are words", head.proxyMethods)
  let refusal = ProxyRefusal(httpStatus: 407, methods: head.proxyMethods)
  if let refusal {
    requirePresentable(
      NetworkFault.proxyRefusal(refusal).error(
        reaching: "https://graph.test", detail: "", configuration: Sample.configuration))
  }
}
