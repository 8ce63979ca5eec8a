#!/bin/bash
# The library as it ships: what it is called, needs and lets out.
set -euo pipefail
. Tests/tap.sh

library=.build/release/libentrasync.so
dynamic=$(readelf -dW "$library")
needed=$(sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' <<< "$dynamic")
undefined=$(nm -D --undefined-only "$library" | awk '{print $2}')
text=$(strings -a "$library")

# The distribution's libraries and nothing of Swift.
allowed='lib(curl\.so\.4|yajl\.so\.2|crypto\.so\.3)'
allowed+='|lib(stdc\+\+\.so\.6|gcc_s\.so\.1|m\.so\.6|c\.so\.6)|ld-linux-.*'

check "its soname is libentrasync.so.1" grep -q 'SONAME.*\[libentrasync\.so\.1\]' <<< "$dynamic"
check "it needs libcurl, yajl and libcrypto" \
  test "$(grep -cE '^lib(curl|yajl|crypto)\.' <<< "$needed")" = 3
check "it needs nothing else but the C and C++ runtimes" fails grep -vxE "$allowed" <<< "$needed"
check "every symbol that it needs is there" \
  fails grep 'undefined symbol' <<< "$(ldd -r "$library" 2>&1)"
check "it leaves no symbol of Swift, Foundation or dispatch to others" \
  fails grep -E '^(_?swift|\$s|_?dispatch_|CF[A-Z]|NS[A-Z])' <<< "$undefined"
# The runtime names one type of Foundation's, which it looks for and does not find.
check "no code of Foundation or libdispatch is inside" \
  fails grep -E 'FoundationEssentials|Foundation\.(Data|JSON|URL)|libdispatch' <<< "$text"
check "it holds no folder of the machine that built it" fails grep -F "$PWD" <<< "$text"
check "it is bound at load and stays loaded" grep -qE 'FLAGS_1.*NOW.*NODELETE' <<< "$dynamic"
check "it has no text relocations" fails grep TEXTREL <<< "$dynamic"
check "its stack is not executable" fails grep -q 'GNU_STACK.*RWE' <<< "$(readelf -lW "$library")"
check "its relocations are read-only" grep -q GNU_RELRO <<< "$(readelf -lW "$library")"
check_end
