# Checks that print TAP, for scripts that prove runs: source it, call `check`, end with `check_end`.

check_count=0
check_failures=0

# check NAME COMMAND [ARGUMENT...]: passes when the command succeeds, else shows what it printed.
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

# Succeeds when a command fails.
fails() {
  ! "$@"
}

# Succeeds when two texts are the same; shows both otherwise.
same() {
  [ "$1" = "$2" ] || { printf 'expected: %s\nfound:    %s\n' "$1" "$2"; false; }
}

# Succeeds when a text has every part in it; shows the first that it has not otherwise.
holds() {
  local text=$1 part
  shift
  for part; do
    grep -qF -e "$part" <<< "$text" && continue
    printf 'not said: %s\nbut: %s\n' "$part" "$text"
    return 1
  done
}

check_end() {
  echo "1..$check_count"
  [ "$check_failures" -eq 0 ]
}
