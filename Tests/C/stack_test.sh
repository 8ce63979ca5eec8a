#!/bin/bash
# Every call gets along with the stack that the header names, and leaves a quarter of it unused.
set -euo pipefail
. "$ENTRASYNC_TOP/Tests/tap.sh"
. "$ENTRASYNC_TOP/Tests/lib.sh"

stack=$C_BUILD/gcc/stack
named=$(sed -n 's/.*needs a stack of \([0-9]*\) KiB.*/\1/p' "$ENTRASYNC_TOP/include/entrasync.h")
size=$((${named:-0} * 1024))

# A simulator of our own, whose answers can all be nested too deeply.
if [ "${1:-}" = deep ]; then
  variant deep.entraidconf TIMEOUT=2
  fails "$stack" "$size" deep.entraidconf 2> said.txt || exit
  [ "$(grep -c 'nested too deeply' said.txt)" = 3 ] || { cat said.txt; exit 1; }
  exit
fi

mkdir -m 700 state
variant small.entraidconf QUERYFILTER=mail,mobilePhone
variant certified.entraidconf CLIENTSECRET "CLIENTCERTIFICATE=$CREDENTIALS/good.pem" \
  "CLIENTKEY=$CREDENTIALS/good.key" STATEDIR=state AUDITFILE=audit.txt QUERYFILTER=mail,mobilePhone
check "the header names the smallest stack" test "$size" -ge 65536
check "every call gets along with the smallest stack" \
  "$stack" "$size" small.entraidconf certified.entraidconf
check "an answer that is nested too deeply is refused on the smallest stack" \
  "$ENTRASYNC_TOP/Tests/with-simulator" --members 20 --fault deep-nesting@main \
  --fault deep-nesting@batch -- "$0" deep
check "a stack that is too small ends the process" fails_with 139 \
  bash -c 'ulimit -c 0; "$@"; exit' stack "$stack" 20480 small.entraidconf
check_end
