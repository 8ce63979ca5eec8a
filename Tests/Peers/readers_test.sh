#!/bin/bash
# Every reader finds the same people in the same group, and entrasync knows what became of each.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../tap.sh
. "$here/../tap.sh"

read_with() {
  case $1 in
    curl-and-jq) "$here/read_with_curl_and_jq" "$2" ;;
    entrasync) "$here/read_with_entrasync" "$2" ;;
    *) "$PEERS_PYTHON" "$here/read_with_$1.py" "$2" ;;
  esac
}

# read_into FILE READER CONFIGURATION
read_into() {
  read_with "$2" "$3" > "$1"
}

# Succeeds when two files are the same; shows where they begin to differ otherwise.
alike() {
  local difference
  difference=$(diff "$1" "$2") || { head -20 <<< "$difference"; false; }
}

people() { grep -c '^\["user"' "$1" || true; }

peers=(msgraph o365 msal curl-and-jq)

# compare GROUP PEOPLE: how many it was made with, since readers that all find nobody agree too.
compare() {
  local group=$1 count=$2 peer
  for peer in "${peers[@]}" entrasync; do
    check "$group: $peer reads it" read_into "$group.$peer" "$peer" "$group.entraidconf"
  done
  check "$group: there are $count people" same "$count" "$(people "$group.curl-and-jq")"
  for peer in msgraph o365 msal; do
    check "$group: $peer finds what curl and jq find, to the letter" \
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
compare oddities 98
compare empty 0
compare single 1

# Both sign in by certificate, and the simulator verifies what each signed.
for reader in msal entrasync; do
  check "certificate: $reader reads it" read_into "certificate.$reader" "$reader" \
    certificate.entraidconf
done
check "certificate: msal finds what it finds by the secret" alike nested.msal certificate.msal
check "certificate: so does entrasync" alike nested.entrasync certificate.entrasync
check_end
