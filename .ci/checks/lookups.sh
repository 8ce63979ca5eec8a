#!/bin/bash
# A warm lookup in C takes as many instructions as Tests/Benchmarks/Lookups/count.txt says, within
# 5 %. Whoever makes it faster, or slower for a reason, writes the new count there.
set -euo pipefail
. Tests/tap.sh

# simdjson and the C library choose what they do by the processor, and the count is of one with
# AVX2.
grep -q avx2 /proc/cpuinfo || { echo "1..0 # skip the processor has no AVX2"; exit 0; }
wanted=$(< Tests/Benchmarks/Lookups/count.txt)
found=$(Tests/Benchmarks/Lookups/run count)
echo "# $found"

# Succeeds if the count differs by no more than 5 %.
is_near() {
  [ $((found * 100)) -le $((wanted * 105)) ] && [ $((found * 100)) -ge $((wanted * 95)) ]
}
check "a warm lookup takes about $wanted instructions" is_near
check_end
