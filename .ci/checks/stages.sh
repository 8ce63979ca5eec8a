#!/bin/bash
# A person takes as many instructions as Tests/Benchmarks/Stages/counts.txt says, within 5 %, in
# each stage of a list. Whoever makes a stage faster, or slower for a reason, writes the new counts
# there.
set -euo pipefail
. Tests/tap.sh

# simdjson and the C library choose what they do by the processor, and the counts are of one with
# AVX2.
grep -q avx2 /proc/cpuinfo || { echo "1..0 # skip the processor has no AVX2"; exit 0; }
counts=$(Tests/Benchmarks/Stages/run counts)
while read -r line; do echo "# $line"; done <<< "$counts"

# is_within COUNT WANTED: succeeds if a count differs by no more than 5 %.
is_within() { [ $(($1 * 100)) -le $(($2 * 105)) ] && [ $(($1 * 100)) -ge $(($2 * 95)) ]; }

stages=(parse take write)
while read -r filter wanted; do
  read -ra wanted <<< "$wanted"
  read -ra found <<< "$(sed -n "s/^$filter //p" <<< "$counts")"
  for index in 0 1 2; do
    check "$filter: ${stages[$index]} takes about ${wanted[$index]} instructions a person" \
      is_within "${found[$index]:-0}" "${wanted[$index]}"
  done
done < Tests/Benchmarks/Stages/counts.txt
check_end
