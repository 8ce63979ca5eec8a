#!/bin/bash
# HTTP/2 that does not work: after two faults a run goes on over HTTP/1.1, and says so once.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

servers=()
trap 'kill "${servers[@]}" 2> /dev/null || true' EXIT
port=4700
faults=(goaway closed reset http11)
# Two stalls take more than two minutes, so they are tried where somebody asks for that.
[ -z "${WITH_STALLS:-}" ] || faults+=(stall)
# Where a server requires HTTP/1.1, libcurl asks again by itself, and keeps that connection.
for fault in "${faults[@]}"; do
  port=$((port + 1))
  /usr/bin/perl "$TOP/Tests/Network/faulty_h2.pl" 198.51.100.1 "$port" "$STAGE/tls/graph.pem" \
    "$STAGE/tls/key.pem" "$fault" &
  servers+=($!)
  await 5 listens 198.51.100.1 "$port"
  accepts "HTTP/2 with the fault $fault: the list is written all the same" \
    "https://graph.test:$port" "TIMEOUT = 300"
  count=1
  [ "$fault" != http11 ] || count=0
  check "HTTP/2 with the fault $fault: the log says so once" same "$count" \
    "$(grep -c 'warning: .*goes on over HTTP/1.1' said.txt)"
done
check_end
