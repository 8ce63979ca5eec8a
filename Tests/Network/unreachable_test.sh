#!/bin/bash
# Servers that are not there: each run ends within its TIMEOUT and says where it wanted to go. Where
# another try is worth while, it says that TIMEOUT left no room for one.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

# An end of its own: these servers are of this test alone.
servers=()
trap 'kill "${servers[@]}" 2> /dev/null || true' EXIT
serve() {
  socat "TCP-LISTEN:$1,bind=198.51.100.1,reuseaddr,fork$3" "$2" 2> /dev/null &
  servers+=($!)
  for _ in {1..50}; do (: < "/dev/tcp/198.51.100.1/$1") 2> /dev/null && return; sleep 0.1; done
  return 1
}
serve 4444 EXEC:'sleep 60' ""
# One ends the connection as it should be ended, one resets it.
serve 4445 SYSTEM:'head -c 1 > /dev/null' ""
serve 4446 SYSTEM:'head -c 1 > /dev/null' ,shut-close,linger=0

refuses "a name that nobody knows" network 'https://graph.invalid|DNS|TIMEOUT leaves' \
  https://graph.invalid "TIMEOUT = 2"
refuses "a port that nobody listens on" network \
  'https://graph.test:4443|Connection refused|firewall|TIMEOUT leaves' \
  https://graph.test:4443 "TIMEOUT = 2"
refuses "an address that never answers" timeout \
  'longer than 2 s|nothing came from https://silent.test for 2 s|firewall|TIMEOUT (line' \
  https://silent.test "TIMEOUT = 2"
refuses "a server that says nothing" timeout \
  'longer than 2 s|nothing came from https://graph.test:4444 for 2 s|firewall|TIMEOUT (line' \
  https://graph.test:4444 "TIMEOUT = 2"
refuses "a proxy that says nothing" timeout 'nothing came from https://graph.test for 2 s|proxy' \
  https://graph.test "TIMEOUT = 2" "PROXY = http://gate:open-sesame@proxy.test:4444"
refuses "a server that hangs up" network \
  'https://graph.test:4445|broke off|SSL_ERROR_SYSCALL|TIMEOUT leaves' https://graph.test:4445 \
  "TIMEOUT = 2"
refuses "a server that resets the connection" network \
  'https://graph.test:4446|broke off|reset by peer|TIMEOUT leaves' https://graph.test:4446 \
  "TIMEOUT = 2"
check_end
