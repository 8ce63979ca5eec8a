# shellcheck shell=bash
# Checks that print TAP, for scripts that `prove` runs: source this file, call `check`, and end with
# `check_end`.

check_count=0
check_failures=0

# check NAME COMMAND [ARGUMENT...]: passes when the command succeeds. Otherwise it shows what the
# command printed.
check() {
  local name=$1 output
  shift
  check_count=$((check_count + 1))
  if output=$("$@" 2>&1); then
    echo "ok $check_count - $name"
  else
    echo "not ok $check_count - $name"
    printf '# %s\n%s\n' "$name" "$output" | sed '2,$s/^/#   /' >&2
    check_failures=$((check_failures + 1))
  fi
}

# fails COMMAND [ARGUMENT...]: succeeds when the command ends with status 1, which is how grep, cmp,
# test and our programs say no. Any other status means that the command could not do its work: 2 is
# a missing file for grep, 124 a timeout, 126 and 127 a command that cannot be started, and more
# than 128 a signal.
fails() {
  fails_with 1 "$@"
}

# fails_with STATUS COMMAND [ARGUMENT...]: succeeds when the command ends with this status.
fails_with() {
  local expected_status=$1 found_status=0
  shift
  "$@" || found_status=$?
  [ "$found_status" -eq "$expected_status" ] && return
  printf 'expected: exit status %s\nfound:    exit status %s\n' "$expected_status" "$found_status"
  return 1
}

# same EXPECTED FOUND: succeeds when two texts are the same. Otherwise it shows both.
same() {
  [ "$1" = "$2" ] || { printf 'expected: %s\nfound:    %s\n' "$1" "$2"; false; }
}

# holds TEXT PART...: succeeds when the text has every part in it. Otherwise it shows the first part
# that is missing.
holds() {
  local text=$1 part
  shift
  for part; do
    grep -qF -e "$part" <<< "$text" && continue
    printf 'not said: %s\nbut: %s\n' "$part" "$text"
    return 1
  done
}

# every_line PATTERN TEXT: succeeds when the text has lines and all of them match. Otherwise it
# shows those that do not.
every_line() {
  [ -n "$2" ] || { echo "there is no line"; return 1; }
  fails grep -v -e "$1" <<< "$2"
}

check_end() {
  echo "1..$check_count"
  [ "$check_failures" -eq 0 ]
}
