#!/bin/bash
# The library as it ships: its name, its dependencies and its symbols.
set -euo pipefail
. Tests/tap.sh

library=.build/release/libentrasync.so
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
dynamic=$(readelf -dW "$library")
needed=$(sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' <<< "$dynamic")
undefined=$(nm -D --undefined-only "$library" | awk '{print $2}')
text=$(strings -a "$library")

# The distribution's libraries and nothing of Swift.
allowed='lib(curl\.so\.4|simdjson\.so\.[0-9]+|crypto\.so\.3|ssl\.so\.3|sqlite3\.so\.0)'
allowed+='|lib(stdc\+\+\.so\.6|gcc_s\.so\.1|m\.so\.6|c\.so\.6)|ld-linux-.*'

check "the library's soname is libentrasync.so.1" \
  grep -q 'SONAME.*\[libentrasync\.so\.1\]' <<< "$dynamic"
check "the library needs libcurl, simdjson, libcrypto, libssl and SQLite" \
  test "$(grep -cE '^lib(curl|simdjson|crypto|ssl|sqlite3)\.' <<< "$needed")" = 5
check "the library needs no other libraries but the C and C++ runtimes" \
  fails grep -vxE "$allowed" <<< "$needed"
check "the library finds every symbol that it needs" \
  fails grep 'undefined symbol' <<< "$(ldd -r "$library" 2>&1)"
# newest NODE: the newest version of a node such as GLIBC that the library asks for.
newest() { objdump -T "$library" | sed -n "s/.*(\($1_[0-9.]*\)).*/\1/p" | sort -uV | tail -1; }

# What RHEL 9 and its kin have: glibc 2.34, GCC 11's libstdc++, OpenSSL 3.0, and a libcurl without
# versions.
for most in GLIBC_2.34 GLIBCXX_3.4.29 CXXABI_1.3.13 OPENSSL_3.0.0; do
  check "the library needs nothing later than $most" \
    same "$most" "$(printf '%s\n' "$most" "$(newest "${most%_*}")" | sort -V | tail -1)"
done
check "the library asks libcurl for no version" fails grep -q '(CURL' <<< "$(objdump -T "$library")"
mkdir "$folder/plain"
ln -s "$PWD/.build/link/libcurl.so" "$folder/plain/libcurl.so.4"
check "the library loads without a word where libcurl has no versions" \
  fails grep 'no version information' <<< "$(LD_LIBRARY_PATH=$folder/plain ldd -r "$library" 2>&1)"
check "the library needs no symbol of Swift, Foundation or dispatch" \
  fails grep -E '^(_?swift|\$s|_?dispatch_|CF[A-Z]|NS[A-Z])' <<< "$undefined"
check "the library's table of symbols has the functions of the header, and nothing of Swift or C++" \
  fails grep -vE ' T entrasync_[a-z_]+@@ENTRASYNC_[0-9.]+$| A ENTRASYNC_[0-9.]+$' \
  <<< "$(nm -D --defined-only "$library")"
check "the library cannot handle a signal" \
  fails grep -E '^(sigaction|sigaltstack|signal|sigset|bsd_signal)(@|$)' <<< "$undefined"
check "the library does not look for its host's arguments when it is loaded" \
  fails grep -E '^(__isoc[0-9]+_)?sscanf(@|$)' <<< "$undefined"
# The Swift runtime holds the name of one of Foundation's types, which it looks for in vain.
check "the library holds no code of Foundation or libdispatch" \
  fails grep -E 'FoundationEssentials|Foundation\.(Data|JSON|URL)|libdispatch' <<< "$text"
check "the library holds no path of the machine that built it" fails grep -F "$PWD" <<< "$text"
check "the library stays loaded" grep -qE 'FLAGS_1.*NODELETE' <<< "$dynamic"
check_end
