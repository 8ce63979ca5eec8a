#!/bin/bash
# ABI 1 stays as it was released: Tests/ABI/1.0 has its header, its description, and a program that
# was written for it.
set -euo pipefail
. Tests/tap.sh

released=Tests/ABI/1.0
exports=Sources/EntraSyncC/exports.map
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# compared NAME [SED]: compares the released ABI with that of the header, edited by a sed script.
# Each function of the edited header is exported.
compared() {
  local copy=$folder/$1
  mkdir "$copy"
  sed "${2:-}" include/entrasync.h > "$copy/entrasync.h"
  grep -oE '\bentrasync_[a-z0-9_]+\(' "$copy/entrasync.h" | sort -u | sed 's/($/;/' \
    | sed '1i ENTRASYNC_1 { global:' | sed '$a local: *; };' > "$copy/exports.map"
  Tests/ABI/model "$copy/entrasync.h" "$copy/exports.map" "$copy/model" || return 99
  abidiff --no-added-syms "$released/abi.xml" "$copy/model/abi.xml"
}

check "the model of the ABI can be made" \
  Tests/ABI/model include/entrasync.h "$exports" "$folder/model"
check "the header and exports.map have all of ABI 1, unchanged" \
  abidiff --no-added-syms "$released/abi.xml" "$folder/model/abi.xml"
# symbols LIBRARY: prints its functions with their versions.
symbols() { nm -D --defined-only "$1" | sed -n 's/.* T //p' | sort; }
check "the library exports what the model does, with the same versions" \
  diff <(symbols .build/release/libentrasync.so) <(symbols "$folder/model/libentrasync.so.1")

check "a new function is no break" \
  compared function 's/^void entrasync_client_free(/int entrasync_client_new(void);\n&/'
check "a new number of an enumeration is no break" \
  compared number 's/^  ENTRASYNC_BUSY = 13$/&, ENTRASYNC_NEW = 14/'
check "a function that is gone is a break" \
  fails_with 12 compared gone '/^uint32_t entrasync_version_number/d'
check "a function with another parameter is a break" \
  fails_with 4 compared parameter 's/entrasync_version_number(void)/entrasync_version_number(int)/'
check "a function with another result is a break" \
  fails_with 4 compared result 's/^uint32_t \(entrasync_version_number\)/uint64_t \1/'
check "another number of an enumeration is a break" \
  fails_with 4 compared changed 's/^  ENTRASYNC_BUSY = 13$/  ENTRASYNC_BUSY = 14/'

check "a program that was compiled with the first header writes its list with this library" \
  Tests/with-simulator -- bash -euc '
    gcc -I "$1" -o "$2/example" "$1/example.c" -L .build/release -l:libentrasync.so.1 \
      "-Wl,-rpath,$PWD/.build/release"
    "$2/example" "$ENTRAIDCONF" "$2/list.txt" {mail} > /dev/null 2>&1
    grep -q @ "$2/list.txt"' - "$PWD/$released" "$folder"
check_end
