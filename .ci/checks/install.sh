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

# from BASE: what a perl with nothing but its own folders, and the product's before them, loads once
# the entraid that is installed below BASE has put its modules there.
from() {
  local base=$1 product
  product=$(mktemp -d -p "$folder")
  PERL5LIB=$base/lib/perl5 "$base/bin/entraid" dropin install --lib "$product" > /dev/null
  (cd / && env -i /usr/bin/perl "-I$product" -MSecAtGW::LDAPCrons -MSecAtGW::EntraID \
    -e 'print EntraSync::library_version(), " ", $INC{"EntraSync.pm"}')
}

base=$folder/base
check "INSTALL_BASE is the base of all" make install INSTALL_BASE="$base"
check "for the library" test -f "$base/lib/libentrasync.so.$version"
check "for the command" test -x "$base/bin/entraid"
check "for its manual" test -n "$(find "$base/man/man1" -name 'entraid.1*')"
check "for Perl, where PERL5LIB=BASE/lib/perl5 finds it" same "$version" \
  "$(cd / && PERL5LIB="$base/lib/perl5" /usr/bin/perl -MEntraSync \
    -e 'print EntraSync::library_version()')"
check "the scripts find it through entraid dropin, without PERL5LIB" \
  holds "$(from "$base")" "$version $base/lib/perl5/"

check "a umask that shuts others out" bash -c 'umask 077; make install PREFIX="$1"' - "$folder/shut"
check "does not shut them out of what is installed" \
  same "" "$(find "$folder/shut" ! -type l ! -perm -004 -o -type d ! -perm -001)"

check "INSTALLDIRS=vendor is for a distribution's packages" \
  make install DESTDIR="$folder/vendor" PREFIX=/usr INSTALLDIRS=vendor
check "with the modules where this perl has those" test -f \
  "$folder/vendor$(/usr/bin/perl -MConfig -e 'print $Config{installvendorarch}')/EntraSync.pm"
check "and none elsewhere" fails test -e "$folder/vendor/usr/local"
check "a folder that is named counts" make install DESTDIR="$folder/named" \
  INSTALLSITELIB=/product/lib INSTALLSITEARCH=/product/lib
check "as it is" test -f "$folder/named/product/lib/auto/EntraSync/libentrasync.so.1"

# MakeMaker's own way, in a copy.
own=$folder/own
mkdir "$own"
cp -R perl "$own/perl"
check "perl Makefile.PL takes INSTALL_BASE too" env -C "$own/perl" /usr/bin/perl Makefile.PL \
  INSTALL_BASE="$own/base" ENTRASYNC_LIBDIR="$PWD/.build/release" ENTRASYNC_INCLUDE="$PWD/include"
check "and make installs there" env -u MAKEFLAGS make -s -C "$own/perl" install
check "what the scripts find through entraid dropin" \
  holds "$(from "$own/base")" "$version $own/base/lib/perl5/"
check_end
