/// The function that libFuzzer calls for each input; the `check` of each target tests the input.
///
/// Source: LLVM, "libFuzzer – a library for coverage-guided fuzz testing", Fuzz Target.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  check(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
