import EntraSync

/// What the requests of a run have met on their way, which later ones avoid.
struct TransportHabits {
  /// Whether HTTP/2 works here.
  var http2 = HTTP2Trial()
  /// Whether a proxy may be shown a Kerberos ticket, before it is shown a password.
  var triesNegotiate = true

  /// Forgets what may be otherwise in another run, which begins now: a ticket that had expired is
  /// renewed, for one.
  mutating func beginRun() {
    http2.beginRun()
    triesNegotiate = true
  }
}
