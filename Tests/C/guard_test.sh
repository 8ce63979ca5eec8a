#!/bin/bash
# The change guard (guard.c), against a simulator of its own: that of the other tests was told to
# fail for some groups.
set -euo pipefail
. "$ENTRASYNC_TOP/Tests/lib.sh"

# configure NAME GROUP LINE...: writes guard-NAME.entraidconf.
configure() { variant "guard-$1.entraidconf" "GROUPID=$(group "$2")" "${@:3}"; }

if [ "${1:-}" = with-simulator ]; then
  configure default single
  configure strict single MAXREMOVED=0 MAXADDED=0
  configure 2 single MAXREMOVED=2
  configure off single MAXREMOVED=off
  configure added nested MAXREMOVED=off MAXADDED=20%
  configure added-5 nested MAXREMOVED=off MAXADDED=5
  configure added-0 nested MAXREMOVED=off MAXADDED=0
  configure added-off nested MAXREMOVED=off MAXADDED=off
  configure nested nested MAXREMOVED=off
  configure empty empty
  configure empty-off empty MAXREMOVED=off MAXADDED=off
  read -rd '' -a checker <<< "${CHECKER:-}" || true
  exec "${checker[@]}" "$C_BUILD/gcc/guard"
fi
exec "$ENTRASYNC_TOP/Tests/with-simulator" --members 5 -- bash "$0" with-simulator
