#!/bin/bash
# Servers that cannot be reached: each run ends within its TIMEOUT and names the server. Where
# another attempt could help, it says that TIMEOUT leaves no time for one.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

servers=()
trap 'kill "${servers[@]}" 2> /dev/null || true' EXIT
# serve PORT ADDRESS OPTIONS: starts a socat that connects each client of this port with the
# address.
serve() {
  socat "TCP-LISTEN:$1,bind=198.51.100.1,reuseaddr,fork$3" "$2" 2> /dev/null &
  servers+=($!)
  await 5 listens 198.51.100.1 "$1"
}
serve 4444 EXEC:'sleep 60' ""
# The first closes the connection properly, the second resets it.
serve 4445 SYSTEM:'head -c 1 > /dev/null' ""
serve 4446 SYSTEM:'head -c 1 > /dev/null' ,shut-close,linger=0

refuses "an unknown host name ends the run" network 'https://graph.invalid|DNS|TIMEOUT leaves' \
  https://graph.invalid "TIMEOUT = 2"
refuses "a port where nobody listens ends the run" network \
  'https://graph.test:4443|Connection refused|firewall|TIMEOUT leaves' \
  https://graph.test:4443 "TIMEOUT = 2"
refuses "an address that never answers ends the run" timeout \
  'longer than 2 s|nothing came from https://silent.test for 2 s|firewall|TIMEOUT (line' \
  https://silent.test "TIMEOUT = 2"
refuses "a server that sends nothing ends the run" timeout \
  'longer than 2 s|nothing came from https://graph.test:4444 for 2 s|firewall|TIMEOUT (line' \
  https://graph.test:4444 "TIMEOUT = 2"
refuses "a proxy that sends nothing ends the run" timeout \
  'nothing came from https://graph.test for 2 s|proxy' \
  https://graph.test "TIMEOUT = 2" "PROXY = http://gate:open-sesame@proxy.test:4444"
refuses "a server that closes the connection ends the run" network \
  'https://graph.test:4445|broke off|SSL_ERROR_SYSCALL|TIMEOUT leaves' https://graph.test:4445 \
  "TIMEOUT = 2"
refuses "a server that resets the connection ends the run" network \
  'https://graph.test:4446|broke off|reset by peer|TIMEOUT leaves' https://graph.test:4446 \
  "TIMEOUT = 2"
check_end
