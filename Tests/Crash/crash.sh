# shellcheck shell=bash
# What the tests of crashes share: source this file, then call `accepts` and `refuses`.
. "$TOP/Tests/tap.sh"
. "$TOP/Tests/lib.sh"

folder=$(mktemp -d -p "$DISK")
chmod 755 "$folder"
cd "$folder" || exit
single=$(group single)

# configure [LINE...]: writes test.entraidconf, whose guard allows any change unless a line says
# otherwise.
configure() {
  variant "$folder/test.entraidconf" "MAXREMOVED = off" "$@"
  # The users of the tests may read it. If others could, each run would warn of that.
  setfacl -m u:1001:r,u:1003:r "$folder/test.entraidconf"
}

# configure_guard: writes test.entraidconf for a group of one person, whose guard stops a run that
# would remove more than half of the list.
configure_guard() { configure "GROUPID = $single" "MAXREMOVED = 50%"; }

# old_lines: prints an old list: a line that goes, and one that stays, since the guard stops a run
# that leaves no old line.
old_lines() { echo old@example.com && sed 1q "$folder/whole.txt"; }

# write LIST [COMMAND...]: writes the list. The command, such as setpriv, starts the run. The run's
# messages are left in said.txt, and its report in report.txt.
write() {
  local list=$1 status=0
  shift
  "$@" "$EXAMPLE" "$folder/test.entraidconf" "$list" '{mail}' \
    > "$folder/report.txt" 2> "$folder/all.txt" || status=$?
  grep -v 'people so far$' "$folder/all.txt" > "$folder/said.txt" || true
  return "$status"
}

written() {
  write "$@" || { cat "$folder/said.txt"; return 1; }
  grep -q '^[^ ]*@[^ ]*$' "$1"
}

# accepts NAME LIST [COMMAND...]: the list is written.
accepts() { check "$1" written "${@:2}"; }

# state PATH: the file's bytes, its metadata and its access list.
state() {
  stat -c '%i %s %a %u %g %y %z' "$1"
  sha256sum < "$1"
  getfacl --omit-header --absolute-names "$1"
}

refused() {
  local parts list=$2 before files
  IFS='|' read -ra parts <<< "$1"
  shift 2
  before=$(state "$list")
  files=$(ls -A "$(dirname "$list")")
  fails write "$list" "$@" || return 1
  same 1 "$(wc -l < "$folder/said.txt")" || return 1
  holds "$(cat "$folder/said.txt")" "$list: the list was left as it is: " "${parts[@]}" || return 1
  same "$before" "$(state "$list")" || return 1
  same "$files" "$(ls -A "$(dirname "$list")")" || return 1
}

# refuses NAME 'PART|PART...' LIST [COMMAND...]: the run fails, says the parts in one line, leaves
# the list as it was, and leaves no file beside it.
refuses() { check "$1" refused "${@:2}"; }

# as USER COMMAND...: runs the command as this user id, without root's rights and groups.
as() { setpriv --reuid "$1" --regid "$1" --clear-groups -- "${@:2}"; }
