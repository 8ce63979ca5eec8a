#!/bin/bash
# Every reader finds the same people in the same group. entrasync lists each of them, or says why
# not.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../.." && pwd)
. "$top/Tests/tap.sh"

read_with() {
  case $1 in
    curl-and-jq) "$here/read_with_curl_and_jq" "$2" ;;
    entrasync) "$here/read_with_entrasync" "$2" ;;
    *) "$PEERS_PYTHON" "$here/read_with_$1.py" "$2" ;;
  esac
}

# read_into FILE READER CONFIGURATION: the reader's output is left in the file.
read_into() {
  read_with "$2" "$3" > "$1"
}

# alike FILE FILE: succeeds when two files are the same. Otherwise it shows the first differences.
alike() {
  local difference
  difference=$(diff "$1" "$2") || { head -20 <<< "$difference"; false; }
}

# people FILE: prints how many people a reader found.
people() { grep -c '^\["user"' "$1" || true; }

peers=(msgraph o365 msal curl-and-jq)

# compare GROUP PEOPLE: compares what the readers find in this group. It must be this many people,
# since readers that find nobody agree too.
compare() {
  local group=$1 count=$2 peer
  for peer in "${peers[@]}" entrasync; do
    check "$group: $peer reads the group" read_into "$group.$peer" "$peer" "$group.entraidconf"
  done
  check "$group: curl and jq find $count people" same "$count" "$(people "$group.curl-and-jq")"
  for peer in msgraph o365 msal; do
    check "$group: $peer finds exactly what curl and jq find" \
      alike "$group.curl-and-jq" "$group.$peer"
  done
  for peer in "${peers[@]}"; do
    check "$group: entrasync finds the $(people "$group.$peer") people that $peer finds" \
      "$PEERS_PYTHON" "$here/compare.py" "$group.$peer" "$group.entrasync"
  done
  sed -n "s/^no \([a-zA-Z]*\)\t/# $group: left out for \1: /p" "$group.entrasync"
}

compare main 3500
compare main-transitive 3534
compare nested 35
compare nested-transitive 38
compare oddities 134
compare empty 0
compare single 1

# Both sign in by certificate, and the simulator verifies both signatures.
for reader in msal entrasync; do
  check "certificate: $reader reads the group" read_into "certificate.$reader" "$reader" \
    certificate.entraidconf
done
for reader in msal entrasync; do
  check "certificate: $reader finds what it finds by client secret" \
    alike "nested.$reader" "certificate.$reader"
done
check_end
