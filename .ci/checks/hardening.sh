#!/bin/bash
# What makes a fault in the library or the XS module harder to use for an attacker: how they are
# linked, and how their C and C++ is compiled. Swift checks indices and lengths by itself.
#
# Shadow stacks (-fcf-protection) are not asked for: the loader uses them only where each object
# file of a library has been compiled for them, and those of Swift are not.
set -euo pipefail
. Tests/tap.sh

module=perl/blib/arch/auto/EntraSync/EntraSync.so
# linked_hard NAME FILE
linked_hard() {
  local name=$1 dynamic segments
  dynamic=$(readelf -dW "$2")
  segments=$(readelf -lW "$2")
  check "$name: its relocations are read-only" grep -q GNU_RELRO <<< "$segments"
  check "$name: its symbols are bound when it is loaded" grep -qE 'FLAGS_1.*NOW' <<< "$dynamic"
  check "$name: it has no text relocations" fails grep TEXTREL <<< "$dynamic"
  check "$name: its stack is not executable" grep -qE 'GNU_STACK.* RW +0' <<< "$segments"
  check "$name: it watches its stack" \
    grep -qE ' U __stack_chk_fail' <<< "$(nm -D --undefined-only "$2")"
  check "$name: no part of it can be both written and run" fails grep -E 'LOAD.* RWE ' <<< "$segments"
}
linked_hard "the library" .build/release/libentrasync.so
linked_hard "the XS module" "$module"

# What SwiftPM has told the compilers, one command a line.
commands=$(grep -E '^ *args: \[' .build/release.yaml)
# all_have NAME PATTERN FLAG...: whether each command that matches has all of these flags.
all_have() {
  local found flag
  found=$(grep -E "$1" <<< "$commands") || { echo "no command matches $1"; return 1; }
  for flag in "${@:2}"; do
    every_line "\"$flag\"" "$found" || return
  done
}
hardened=(-fstack-protector-strong -fstack-clash-protection)
check "C++ is compiled with what hardens it" \
  all_have '/clang".*"-c",.*\.cpp"' "${hardened[@]}" -D_FORTIFY_SOURCE=2
check "glibc checks lengths for C++" grep -q ' U __explicit_bzero_chk' \
  <<< "$(nm .build/release/CSimdjson.build/parser.cpp.o)"
check "the functions of C that Swift calls are compiled with what hardens them" \
  all_have '"-module-name","EntraSync(IO|C)?"' "${hardened[@]/#/-Xcc\",\"}"
check "the XS module is compiled with what hardens it" grep -qE \
  '^DEFINE = .*-fstack-protector-strong -D_FORTIFY_SOURCE=2' perl/Makefile
check_end
