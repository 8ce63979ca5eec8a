import EntraSyncIO

/// What happens while the library is loaded, before its first call. A fork that began before the
/// gate was there would not wait for that call.
@section(".init_array")
@used
private let load: @convention(c) () -> Void = { ForkGate.ready() }
