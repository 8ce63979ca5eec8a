#!/bin/bash
# Each input of the corpus keeps the rules of its target: those that were written by hand, and those
# that fuzzing found.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ../tap.sh

build=$(realpath ../..)/.build/fuzz
# Swift's own backtraces would take the signals of a trap, and libFuzzer would not see it.
export SWIFT_BACKTRACE=enable=no
for target in $(ls Targets); do
  inputs=("Corpus/$target"/*)
  check "$target has inputs" test -f "${inputs[0]}"
  for input in "${inputs[@]}"; do
    check "$target: $(basename "$input")" \
      "$build/$target" -timeout=10 -artifact_prefix="$build/" "$input"
  done
done
check_end
