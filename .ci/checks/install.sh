#!/bin/bash
# What `make install` installs works from where it is, without a variable that says where.
set -euo pipefail
. Tests/tap.sh

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
version=$(sed -n 's/^#define ENTRASYNC_VERSION "\(.*\)"/\1/p' include/entrasync.h)
prefix=$folder/prefix

check "it installs below PREFIX" make install PREFIX="$prefix"
check "the library has its version in its name" test -f "$prefix/lib/libentrasync.so.$version"
for link in libentrasync.so libentrasync.so.1; do
  check "$link leads to it" \
    same "$prefix/lib/libentrasync.so.$version" "$(realpath "$prefix/lib/$link")"
done

export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
check "pkg-config knows the version" same "$version" "$(pkg-config --modversion entrasync)"
flags=$(pkg-config --cflags --libs entrasync)
# shellcheck disable=SC2086
check "a program compiles with pkg-config's flags" \
  gcc -o "$folder/example" Tests/C/example.c $flags "-Wl,-rpath,$prefix/lib"
check "and runs" Tests/with-simulator -- bash -c \
  '"$1" "$ENTRAIDCONF" "$2" {mail} && grep -q @ "$2"' - "$folder/example" "$folder/list.txt"

modules=$(dirname "$(find "$prefix" -name EntraSync.pm -not -path '*/SecAtGW/*')")
loaded=$(cd / && env -u LD_LIBRARY_PATH /usr/bin/perl "-I$modules" -MEntraSync \
  -e 'print EntraSync::library_version()')
check "the Perl module finds its library" same "$version" "$loaded"
check "the command entraid runs from there" same "entraid $version" \
  "$(cd / && env -u LD_LIBRARY_PATH PERL5LIB="$modules" "$prefix/bin/entraid" --version)"
check "and shows what a run would change" Tests/with-simulator -- bash -c \
  'PERL5LIB=$1 "$2" diff --file "$3" "$ENTRAIDCONF" | grep -q "^+ .*@"' \
  - "$modules" "$prefix/bin/entraid" "$folder/new.txt"
check "with a manual page" test -n "$(find "$prefix" -name 'entraid.1*')"
check "and bash completes its commands" same "search" "$(bash --norc -c '
  . "$1/share/bash-completion/completions/entraid"
  COMP_WORDS=(entraid sea) COMP_CWORD=1
  _entraid
  echo "${COMPREPLY[@]}"' bash "$prefix")"
check "and all of it is below PREFIX" \
  fails grep -v "^$prefix/" "$(find "$prefix" -name .packlist)"

check "DESTDIR comes before PREFIX" \
  make install DESTDIR="$folder/stage" PREFIX=/usr LIBDIR=/usr/lib64
check "for the library" test -f "$folder/stage/usr/lib64/libentrasync.so.$version"
check "and for Perl" test -n "$(find "$folder/stage/usr" -name EntraSync.so)"
check "and for bash" test -f "$folder/stage/usr/share/bash-completion/completions/entraid"
check "while entrasync.pc names the final place" \
  grep -qx 'libdir=/usr/lib64' "$folder/stage/usr/lib64/pkgconfig/entrasync.pc"
check "nothing installed names the stage" \
  fails grep -rlF --exclude=.packlist "$folder" "$folder/stage"
check_end
