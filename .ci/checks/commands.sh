#!/bin/bash
# The commands of the Makefile: a second build builds nothing, and nothing is written to HOME.
set -euo pipefail
. Tests/tap.sh

built() {
  stat -c '%n %Y %i' .build/release/libentrasync.so .build/debug/graph-simulator \
    perl/blib/arch/auto/EntraSync/EntraSync.so
}

# .ci/run gives its tests an empty HOME; another one holds what it held.
home=
[ "$HOME" = "$PWD/.build/home" ] || home=$(ls -A "$HOME")
before=$(built)
check "make build: a second run succeeds" make build
check "make build: a second run builds nothing" same "$before" "$(built)"
check "make run succeeds" make run
check "make run: it leaves no simulator running" fails pgrep -f "^$PWD/.build/.*/graph-simulator"
check "make lint finds nothing to complain of" make lint
check "no command writes to HOME" same "$home" "$(ls -A "$HOME")"
check_end
