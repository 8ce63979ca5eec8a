/// What messages say of Conditional Access for workload identities, which turns away the addresses
/// of servers, and applications at risk.
///
/// Source: Microsoft Entra, "Conditional Access for workload identities" and "Continuous access
/// evaluation for workload identities".
enum ConditionalAccess {
  /// What to do about it.
  ///
  /// - Parameter configuration: The configuration whose application is turned away.
  /// - Returns: The reason and the remedy, for the end of a message.
  static func advice(_ configuration: Configuration) -> String {
    "Conditional Access for workload identities turns this server away; allow its address in that "
      + "policy, or exclude the application of \(configuration.keyAndLine(.clientID))"
  }

  /// Why a sign-in was tried that would else not have been.
  static let demand = "Graph had demanded this sign-in by a claims challenge"
}
