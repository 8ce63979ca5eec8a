#!/bin/bash
# Servers that are not there: each run ends within its TIMEOUT and says where it wanted to go.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

# An end of its own: these servers are of this test alone.
servers=()
trap 'kill "${servers[@]}" 2> /dev/null || true' EXIT
serve() {
  socat "TCP-LISTEN:$1,bind=198.51.100.1,reuseaddr,fork" "$2" 2> /dev/null &
  servers+=($!)
  for _ in {1..50}; do (: < "/dev/tcp/198.51.100.1/$1") 2> /dev/null && return; sleep 0.1; done
  return 1
}
serve 4444 EXEC:'sleep 60'
serve 4445 EXEC:true

refuses "a name that nobody knows" network 'https://graph.invalid|DNS' https://graph.invalid \
  "TIMEOUT = 2"
refuses "a port that nobody listens on" network 'https://graph.test:4443|firewall' \
  https://graph.test:4443 "TIMEOUT = 2"
refuses "an address that never answers" timeout 'TIMEOUT|2 s' https://silent.test "TIMEOUT = 2"
refuses "a server that says nothing" timeout 'TIMEOUT|2 s' https://graph.test:4444 "TIMEOUT = 2"
refuses "a server that hangs up" network 'https://graph.test:4445' https://graph.test:4445 \
  "TIMEOUT = 2"
check_end
