/// Ends the program if a condition does not hold; libFuzzer then keeps the input as a finding.
///
/// - Parameters:
///   - condition: The condition that must hold.
///   - rule: The rule, for the log.
///   - shown: The value that breaks the rule, for the log.
func require(_ condition: Bool, _ rule: String, _ shown: @autoclosure () -> Any = "") {
  if !condition { fatalError("\(rule): \(String(reflecting: shown()))") }
}

/// Makes a value that the checks need, or ends the program.
///
/// - Parameters:
///   - rule: The rule that a failure breaks, for the log.
///   - make: Makes the value.
/// - Returns: The value.
func required<Value>(_ rule: String, _ make: () throws -> Value) -> Value {
  do { return try make() } catch { fatalError("\(rule): \(error)") }
}
