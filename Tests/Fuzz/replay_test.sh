#!/bin/bash
# Shows each target every input of its corpus. Some were written by hand, and fuzzing found the
# others.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$top/Tests/tap.sh"

cd "$top/Tests/Fuzz"
build=$top/.build/fuzz
# Swift's own backtraces would catch the signal of a trap before libFuzzer can.
export SWIFT_BACKTRACE=enable=no
for target in Targets/*; do
  target=${target#*/}
  inputs=("Corpus/$target"/*)
  check "$target: there are inputs" test -f "${inputs[0]}"
  for input in "${inputs[@]}"; do
    check "$target: the input $(basename "$input") breaks no rule" \
      "$build/$target" -timeout=10 -artifact_prefix="$build/" "$input"
  done
done
check_end
