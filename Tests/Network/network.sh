# What the tests of the network share: source it, then call `accepts` and `refuses`.
. "$TOP/Tests/tap.sh"

folder=$(mktemp -d -p "$STAGE")
cd "$folder"
ca=$STAGE/tls/ca.pem
other_ca=$STAGE/tls/other-ca.pem
secret=$(sed -n 's/^CLIENTSECRET *= *"\(.*\)"$/\1/p' "$ENTRAIDCONF")
[ -n "$secret" ]
main=a0000000-0000-4000-8000-000000000001
# Its one page has no nextLink, so that any name may stand before it.
single=a0000000-0000-4000-8000-000000000006

# configure ORIGIN [LINE...]: writes test.entraidconf.
configure() {
  local origin=$1
  shift
  # A line of the test's own is the only one of its key.
  case "$*" in *GROUPID*) ;; *) set -- "$@" "GROUPID = $single" ;; esac
  case "$*" in *TIMEOUT*) ;; *) set -- "$@" "TIMEOUT = 20" ;; esac
  {
    sed '/^\(LOGINURL\|GRAPHURL\|GROUPID\)/d' "$ENTRAIDCONF"
    printf '%s\n' "LOGINURL = $origin" "GRAPHURL = $origin" "$@"
  } > test.entraidconf
}

# write LIST [VARIABLE=VALUE...]: what it says is left in said.txt. Servers begin a new log.
write() {
  local list=$1
  shift
  : > "$STAGE/access.log"
  env "$@" /usr/bin/perl "-Mblib=$TOP/perl" "$TOP/Tests/Network/write_list.pl" \
    test.entraidconf "$list" > said.txt 2>&1
}

# Succeeds when nothing that was said holds a secret.
discreet() {
  ! grep -F -e "$secret" -e open-sesame -e "$STRANGE_PASSWORD" -e "${STRANGE_PASSWORD#p@}" \
    -e p%40ss -e wrong-word -e Bearer said.txt
}

reads() {
  write list.txt "$@" || { cat said.txt; return 1; }
  discreet && grep -q '^[^ ]*@[^ ]*$' list.txt
}

# accepts NAME ORIGIN [LINE...] [-- VARIABLE=VALUE...]: the list is written.
accepts() {
  local name=$1 lines=()
  shift
  while [ $# -gt 0 ] && [ "$1" != -- ]; do lines+=("$1"); shift; done
  [ $# -eq 0 ] || shift
  configure "${lines[@]}"
  rm -f list.txt
  check "$name" reads "$@"
}

# The list as it is: its bytes, its inode and its times.
state() { sha256sum list.txt && stat -c '%i %s %y %z' list.txt; }

refused() {
  local status=$1 parts=$2 began=$SECONDS before files
  shift 2
  rm -f list.txt
  printf 'old@example.com\r\nno newline at the end' > list.txt
  before=$(state)
  files=$(ls -A)
  if write list.txt "$@"; then echo "it was written"; return 1; fi
  discreet || return 1
  same 1 "$(wc -l < said.txt)" || return 1
  IFS='|' read -ra parts <<< "$parts"
  holds "$(cat said.txt)" "$status: " "${parts[@]}" || return 1
  same "$before" "$(state)" || return 1
  same "$files" "$(ls -A)" || return 1
  # Nothing here is worth a wait.
  [ $((SECONDS - began)) -le 6 ] || { echo "took $((SECONDS - began)) s"; return 1; }
}

# refuses NAME STATUS 'PART|PART...' ORIGIN [LINE...] [-- VARIABLE=VALUE...]: it ends with the
# status, says the parts in one line, in time and without a secret, and leaves the list as it was.
refuses() {
  local name=$1 status=$2 parts=$3 lines=()
  shift 3
  while [ $# -gt 0 ] && [ "$1" != -- ]; do lines+=("$1"); shift; done
  [ $# -eq 0 ] || shift
  configure "${lines[@]}"
  : > said.txt
  check "$name" refused "$status" "$parts" "$@"
}

# Succeeds when no request reached a server: neither the secret nor a token left.
nothing_sent() { same "" "$(cat "$STAGE/access.log")"; }

# Succeeds when all requests of the last run came over one connection.
one_connection() { same 1 "$(awk '{ print $2 }' "$STAGE/access.log" | sort -u | wc -l)"; }
