#!/bin/bash
# Kills runs at random moments while a reader looks at their list.
set -euo pipefail
. "$TOP/Tests/lib.sh"

# On the disk that holds the tree: a file in memory is made too fast to be caught half made.
cd "$(mktemp -d -p "$STAGE")"
variant single.entraidconf "GROUPID = $(group single)"
exec "$TOP/.build/c/gcc/killed" "$ENTRAIDCONF" single.entraidconf "${KILLS:-500}"
