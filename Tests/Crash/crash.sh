# What the tests of crashes share: source it, then call `accepts` and `refuses`.
. "$TOP/Tests/tap.sh"

folder=$(mktemp -d -p "$DISK")
chmod 755 "$folder"
cd "$folder"
main=a0000000-0000-4000-8000-000000000001
single=a0000000-0000-4000-8000-000000000006

# configure [LINE...]: writes test.entraidconf, which the guard lets change what it likes.
configure() {
  case "$*" in *GROUPID*) ;; *) set -- "$@" "GROUPID = $main" ;; esac
  case "$*" in *MAXREMOVED*) ;; *) set -- "$@" "MAXREMOVED = off" ;; esac
  { grep -v '^GROUPID' "$ENTRAIDCONF"; printf '%s\n' "$@"; } > "$folder/test.entraidconf"
  # The users of the tests can read it and others cannot, which would be warned of.
  chmod 600 "$folder/test.entraidconf"
  setfacl -m u:1001:r,u:1003:r "$folder/test.entraidconf"
}

# write LIST [COMMAND...]: the command, such as setpriv, starts the run. What that says is left in
# said.txt, and its report in report.txt.
write() {
  local list=$1
  shift
  "$@" "$EXAMPLE" "$folder/test.entraidconf" "$list" '{mail}' \
    > "$folder/report.txt" 2> "$folder/all.txt"
  local status=$?
  grep -v 'people so far$' "$folder/all.txt" > "$folder/said.txt" || true
  return "$status"
}

written() {
  write "$@" || { cat "$folder/said.txt"; return 1; }
  grep -q '^[^ ]*@[^ ]*$' "$1"
}

# accepts NAME LIST [COMMAND...]: the list is written.
accepts() { check "$1" written "${@:2}"; }

# state PATH: its bytes, what stat tells of it, and its access list.
state() {
  stat -c '%i %s %a %u %g %y %z' "$1"
  sha256sum < "$1"
  getfacl --omit-header --absolute-names "$1"
}

refused() {
  local parts=$1 list=$2 before files
  shift 2
  before=$(state "$list")
  files=$(ls -A "$(dirname "$list")")
  if write "$list" "$@"; then echo "it was written"; return 1; fi
  same 1 "$(wc -l < "$folder/said.txt")" || return 1
  IFS='|' read -ra parts <<< "$parts"
  holds "$(cat "$folder/said.txt")" "$list: the list was left as it is: " "${parts[@]}" || return 1
  same "$before" "$(state "$list")" || return 1
  same "$files" "$(ls -A "$(dirname "$list")")" || return 1
}

# refuses NAME 'PART|PART...' LIST [COMMAND...]: the run fails, says the parts in one line, leaves
# the list as it was, and nothing beside it.
refuses() { check "$1" refused "${@:2}"; }

# as USER COMMAND...: runs it as this user id, without root's rights and groups.
as() { setpriv --reuid "$1" --regid "$1" --clear-groups -- "${@:2}"; }
