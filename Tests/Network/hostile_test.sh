#!/bin/bash
# Servers and proxies whose answers do not end, or unpack to more and more: TIMEOUT holds, memory is
# bounded, and a signal ends the run.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

servers=()
trap 'kill "${servers[@]}" 2> /dev/null || true' EXIT
# serve ADDRESS PORT [PROXY-CASE]: starts the hostile server.
serve() {
  ASKED=$PWD/asked PROXY_CASE=${3:-} /usr/bin/perl "$TOP/Tests/Network/hostile.pl" "$1" "$2" &
  servers+=($!)
  await 5 listens "$1" "$2"
}
serve 127.0.0.1 4500

# The same, over HTTP/2: flood PORT FRAMES.
flood() {
  ASKED=$PWD/asked /usr/bin/perl "$TOP/Tests/Network/faulty_h2.pl" 198.51.100.1 "$1" \
    "$STAGE/tls/graph.pem" "$STAGE/tls/key.pem" "$2" &
  servers+=($!)
  await 5 listens 198.51.100.1 "$1"
}

# Runs in memory that suffices for a list, and not for what never ends.
limited() { prlimit --as=1500000000 timeout 60 "$@"; }

# ends NAME STATUS 'PART|PART...' ORIGIN [LINE...]: the run ends after a TIMEOUT of 2 seconds at the
# latest, with this status, and says the parts.
ends() { refuses "$1" "$2" "$3" "$4" "TIMEOUT = 2" "${@:5}"; }

env() { limited /usr/bin/env "$@"; }
login=http://127.0.0.1:4500
for case in headers interim trailers; do
  ends "endless $case end the run" server 'has more than 256 KB|TIMEOUT leaves' "$login/$case"
done
ends "an endless header line ends the run" network 'the request to http:' "$login/line"
ends "a chunk's endless extension ends the run" timeout 'longer than 2 s' "$login/extension"
ends "an endless answer of blanks ends the run" server 'has more than 1 MB' "$login/blanks"
ends "a refusal with an endless body is a refusal" server 'HTTP 403' "$login/refusal"
ends "a refusal that unpacks without end is a refusal" server 'HTTP 403' "$login/packed-refusal"
ends "a refusal that is packed twice is a refusal" server 'HTTP 403' \
  "$login/twice-packed-refusal"
ends "an answer that unpacks to very much ends the run" server \
  'without an Entra ID answer|TIMEOUT leaves' "$login/bomb"
for case in twice-packed packed-transfer deflate; do
  ends "an answer that is $case ends the run" server 'packed in a way that was not asked for' \
    "$login/$case"
done

port=4510
for case in headers body chunks line refusal interim; do
  serve 198.51.100.1 "$port" "proxy-$case"
  ends "a proxy's endless $case ends the run" network 'proxy' https://graph.test \
    "PROXY = http://gate:open-sesame@proxy.test:$port"
  check "a proxy's endless $case: nothing is sent" nothing_sent
  port=$((port + 1))
done

floods=(priority acknowledged unknown empty)
port=4520
for frames in "${floods[@]}"; do
  flood "$port" "$frames"
  ends "endless HTTP/2 frames ($frames) end the run" timeout 'longer than 2 s' \
    "https://graph.test:$port"
  port=$((port + 1))
done
ends "endless HTTP/2 frames through a proxy that speaks TLS end the run" timeout 'longer than 2 s' \
  https://graph.test:4520 "PROXY = https://proxy.test:3134"

# stopped: a SIGTERM ends the command by that signal, soon after the server was asked.
stopped() {
  local began status=0
  rm -f asked
  timeout 60 /usr/bin/perl "-Mblib=$TOP/perl" "$TOP/perl/script/entraid" write --file new.txt \
    test.entraidconf > said.txt 2>&1 &
  local command=$!
  await 20 test -s asked
  kill -TERM "$command"
  began=$SECONDS
  wait "$command" || status=$?
  [ $((SECONDS - began)) -le 5 ] || { echo "took $((SECONDS - began)) s"; return 1; }
  [ "$status" -gt 128 ] || [ "$status" -eq 124 ] || { echo "status $status"; cat said.txt; return 1; }
  discreet
}
for case in headers interim trailers extension blanks bomb; do
  configure "$login/$case" "TIMEOUT = 300"
  check "endless $case: SIGTERM ends the run" stopped
done
port=4510
for case in headers body chunks; do
  configure https://graph.test "TIMEOUT = 300" "PROXY = http://gate:open-sesame@proxy.test:$port"
  check "a proxy's endless $case: SIGTERM ends the run" stopped
  port=$((port + 1))
done
port=4520
for frames in "${floods[@]}"; do
  configure "https://graph.test:$port" "TIMEOUT = 300"
  check "endless HTTP/2 frames ($frames): SIGTERM ends the run" stopped
  port=$((port + 1))
done
check_end
