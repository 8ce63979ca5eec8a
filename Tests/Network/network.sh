# shellcheck shell=bash
# What the tests of the network share: source this file, then call `accepts` and `refuses`.
. "$TOP/Tests/tap.sh"
. "$TOP/Tests/lib.sh"

folder=$(mktemp -d -p "$STAGE")
cd "$folder" || exit
secret=$(sed -n 's/^CLIENTSECRET *= *"\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' "$ENTRAIDCONF")
[ -n "$secret" ]
# This group has one page without a page link, so any host name may stand before its path.
single=$(group single)

# configure ORIGIN [LINE...]: writes test.entraidconf.
configure() {
  variant test.entraidconf "GROUPID = $single" "TIMEOUT = 20" "LOGINURL = $1" "GRAPHURL = $1" \
    "${@:2}"
}

# write LIST [VARIABLE=VALUE...]: writes the list in this environment. The messages are left in
# said.txt. The servers' log begins anew.
write() {
  local list=$1
  shift
  : > "$STAGE/access.log"
  env "$@" /usr/bin/perl "-Mblib=$TOP/perl" "$TOP/Tests/Network/write_list.pl" \
    test.entraidconf "$list" > said.txt 2>&1
}

# Succeeds when no message holds a secret.
discreet() {
  fails grep -F -e "$secret" -e open-sesame -e "$STRANGE_PASSWORD" -e "${STRANGE_PASSWORD#p@}" \
    -e p%40ss -e wrong-word -e Bearer said.txt
}

reads() {
  write list.txt "$@" || { cat said.txt; return 1; }
  discreet && grep -q '^[^ ]*@[^ ]*$' list.txt
}

# accepts NAME ORIGIN [LINE...] [-- VARIABLE=VALUE...]: the list is written.
accepts() {
  local name=$1 settings=()
  shift
  while [ $# -gt 0 ] && [ "$1" != -- ]; do settings+=("$1"); shift; done
  [ $# -eq 0 ] || shift
  configure "${settings[@]}"
  rm -f list.txt
  check "$name" reads "$@"
}

# Prints the state of the list: its bytes, its inode and its times.
state() { sha256sum list.txt && stat -c '%i %s %y %z' list.txt; }

refused() {
  local status=$1 parts began=$SECONDS before files
  IFS='|' read -ra parts <<< "$2"
  shift 2
  rm -f list.txt
  printf 'old@example.com\r\nno newline at the end' > list.txt
  before=$(state)
  files=$(ls -A)
  fails write list.txt "$@" || return 1
  discreet || return 1
  same 1 "$(wc -l < said.txt)" || return 1
  holds "$(cat said.txt)" "$status: " "${parts[@]}" || return 1
  same "$before" "$(state)" || return 1
  same "$files" "$(ls -A)" || return 1
  # No run here may wait for long.
  [ $((SECONDS - began)) -le 6 ] || { echo "took $((SECONDS - began)) s"; return 1; }
}

# refuses NAME STATUS 'PART|PART...' ORIGIN [LINE...] [-- VARIABLE=VALUE...]: the run ends in time
# and with this status. It says the parts in one line without a secret, and leaves the list as it
# was.
refuses() {
  local name=$1 expected=("$2" "$3") settings=()
  shift 3
  while [ $# -gt 0 ] && [ "$1" != -- ]; do settings+=("$1"); shift; done
  [ $# -eq 0 ] || shift
  configure "${settings[@]}"
  : > said.txt
  check "$name" refused "${expected[@]}" "$@"
}

# requests METHOD: prints the last run's requests with this method, as the servers logged them.
requests() { grep " $1 " "$STAGE/access.log"; }

# Prints all requests of the last run.
all_requests() { cat "$STAGE/access.log"; }

# Succeeds when no request of the last run reached a server, so that neither the secret nor a token
# was sent.
nothing_sent() { same "" "$(cat "$STAGE/access.log")"; }

# used_connections NUMBER: succeeds when the requests of the last run came over so many connections.
# A list that changes much is read twice, and each reading makes its own connection.
used_connections() { same "$1" "$(awk '{ print $2 }' "$STAGE/access.log" | sort -u | wc -l)"; }

# tunnels PORT NUMBER: succeeds when the tinyproxy at this port was asked for this many tunnels
# since the last call.
tunnels() {
  local count
  count=$(grep -c 'CONNECT graph.test:443' "$STAGE/proxy-$1.log") || [ "$count" = 0 ] || return 1
  : > "$STAGE/proxy-$1.log"
  same "$2" "$count"
}
