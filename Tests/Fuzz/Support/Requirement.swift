/// Ends the program where something is not as it must be, which libFuzzer keeps as a finding.
///
/// - Parameters:
///   - condition: What must hold.
///   - rule: The rule that is broken, for the log.
///   - shown: What breaks it.
func require(_ condition: Bool, _ rule: String, _ shown: @autoclosure () -> Any = "") {
  if !condition { fatalError("\(rule): \(String(reflecting: shown()))") }
}

/// What must be there for anything to be checked.
///
/// - Parameters:
///   - rule: The rule that is broken where it is not, for the log.
///   - make: Makes it.
/// - Returns: What was made.
func required<Value>(_ rule: String, _ make: () throws -> Value) -> Value {
  do { return try make() } catch { fatalError("\(rule): \(error)") }
}
