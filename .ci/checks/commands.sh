#!/bin/bash
# The commands themselves: run a second time they build nothing, and nothing is written to HOME.
set -euo pipefail
. Tests/tap.sh

built() {
  stat -c '%n %Y %i' .build/release/libentrasync.so .build/debug/graph-simulator \
    perl/blib/arch/auto/EntraSync/EntraSync.so
}

before=$(built)
check "make build runs again" make build
check "and builds nothing" same "$before" "$(built)"
check "make run succeeds" make run
check "it is tidy: no simulator stays" fails pgrep -f "^$PWD/.build/.*/graph-simulator"
check "make lint finds nothing" make lint
check "nothing was written to HOME" same "" "$(ls -A "$HOME")"
check_end
