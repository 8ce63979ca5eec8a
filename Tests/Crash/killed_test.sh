#!/bin/bash
# Runs are killed at any moment while a reader looks at their list.
set -euo pipefail

# On the disk that the tree is on, since a file in memory is made too soon to be caught half made.
cd "$(mktemp -d -p "$STAGE")"
exec "$TOP/.build/c/gcc/killed" "$ENTRAIDCONF" "${KILLS:-500}"
