#!/bin/bash
# The change guard (guard.c), against a simulator of its own: the groups of the others' fail.
set -euo pipefail

# variant NAME GROUP KEY=VALUE...: writes guard-NAME.entraidconf.
write_configurations() {
  variant() {
    { grep -v '^GROUPID' "$ENTRAIDCONF"
      echo "GROUPID = a0000000-0000-4000-8000-00000000000$2"
      printf '%s\n' "${@:3}"
    } > "guard-$1.entraidconf"
  }
  local single=6 nested=2 empty=5
  variant default $single
  variant strict $single MAXREMOVED=0 MAXADDED=0
  variant 2 $single MAXREMOVED=2
  variant off $single MAXREMOVED=off
  variant added $nested MAXREMOVED=off MAXADDED=20%
  variant added-5 $nested MAXREMOVED=off MAXADDED=5
  variant added-0 $single MAXREMOVED=off MAXADDED=0
  variant added-off $nested MAXREMOVED=off MAXADDED=off
  variant empty $empty
  variant empty-off $empty MAXREMOVED=off MAXADDED=off
}

if [ "${1:-}" = with-simulator ]; then
  write_configurations
  exec ${CHECKER:-} "$C_BUILD/gcc/guard"
fi
exec "$ENTRASYNC_TOP/Tests/with-simulator" --members 5 -- bash "$0" with-simulator
