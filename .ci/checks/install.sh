#!/bin/bash
# What `make install` installs works from its place, without an environment variable that names it.
set -euo pipefail
. Tests/tap.sh

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
version=$(sed -n 's/^#define ENTRASYNC_VERSION "\(.*\)"/\1/p' include/entrasync.h)
prefix=$folder/prefix

check "make install PREFIX: it succeeds" make install PREFIX="$prefix"
check "make install PREFIX: the library's file name has its version" \
  test -f "$prefix/lib/libentrasync.so.$version"
for link in libentrasync.so libentrasync.so.1; do
  check "make install PREFIX: $link is a link to the library" \
    same "$prefix/lib/libentrasync.so.$version" "$(realpath "$prefix/lib/$link")"
done

export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
check "make install PREFIX: pkg-config prints the version" \
  same "$version" "$(pkg-config --modversion entrasync)"
flags=$(pkg-config --cflags --libs entrasync)
# shellcheck disable=SC2086
check "make install PREFIX: a program compiles with pkg-config's flags" \
  gcc -o "$folder/example" Tests/C/example.c $flags "-Wl,-rpath,$prefix/lib"
check "make install PREFIX: the program runs and writes a list" Tests/with-simulator -- bash -c \
  '"$1" "$ENTRAIDCONF" "$2" {mail} && grep -q @ "$2"' - "$folder/example" "$folder/list.txt"

modules=$(dirname "$(find "$prefix" -name EntraSync.pm -not -path '*/SecAtGW/*')")
loaded=$(cd / && env -u LD_LIBRARY_PATH /usr/bin/perl "-I$modules" -MEntraSync \
  -e 'print EntraSync::library_version()')
check "make install PREFIX: the Perl module finds its library" same "$version" "$loaded"
check "make install PREFIX: entraid --version runs" same "entraid $version" \
  "$(cd / && env -u LD_LIBRARY_PATH PERL5LIB="$modules" "$prefix/bin/entraid" --version)"
check "make install PREFIX: entraid diff shows what a run would change" \
  Tests/with-simulator -- bash -c \
  'PERL5LIB=$1 "$2" diff --file "$3" "$ENTRAIDCONF" | grep -q "^+ .*@"' \
  - "$modules" "$prefix/bin/entraid" "$folder/new.txt"
check "make install PREFIX: there is a manual page of entraid" \
  test -n "$(find "$prefix" -name 'entraid.1*')"
check "make install PREFIX: man finds the page of a function" \
  same "$prefix/share/man/man3/entrasync_lookup.3" \
  "$(man -M "$prefix/share/man" -w 3 entrasync_lookup_find)"
check "make install PREFIX: bash completes the commands of entraid" \
  same "search" "$(bash --norc -c '
  . "$1/share/bash-completion/completions/entraid"
  COMP_WORDS=(entraid sea) COMP_CWORD=1
  _entraid
  echo "${COMPREPLY[@]}"' bash "$prefix")"
check "make install PREFIX: no file is outside PREFIX" \
  fails grep -v "^$prefix/" "$prefix/lib/entrasync/installed"
check "make install PREFIX: its list names each file" diff \
  <(grep -v '/$' "$prefix/lib/entrasync/installed" | sort) \
  <(find "$prefix" ! -type d ! -name installed | sort)

check "make install DESTDIR: it succeeds" \
  make install DESTDIR="$folder/stage" PREFIX=/usr LIBDIR=/usr/lib64
check "make install DESTDIR: the library is below it" \
  test -f "$folder/stage/usr/lib64/libentrasync.so.$version"
check "make install DESTDIR: the Perl module is below it" \
  test -n "$(find "$folder/stage/usr" -name EntraSync.so)"
check "make install DESTDIR: bash's completion is below it" \
  test -f "$folder/stage/usr/share/bash-completion/completions/entraid"
check "make install DESTDIR: the manual of C is below it" \
  test -f "$folder/stage/usr/share/man/man3/entrasync.3"
check "make install DESTDIR: entrasync.pc names the final folder" \
  grep -qx 'libdir=/usr/lib64' "$folder/stage/usr/lib64/pkgconfig/entrasync.pc"
check "make install DESTDIR: no installed file names it" \
  fails grep -rlF "$folder" "$folder/stage"

# from BASE: what a perl with nothing but its own folders, and the product's before them, loads once
# the entraid that is installed below BASE has put its modules there.
from() {
  local base=$1 product
  product=$(mktemp -d -p "$folder")
  echo "unshift @INC, '$product'; 1;" > "$product.init"
  PERL5LIB=$base/lib/perl5 "$base/bin/entraid" dropin install --lib "$product" --new --quiet \
    --init "$product.init"
  (cd / && env -i /usr/bin/perl "-I$product" -MSecAtGW::LDAPCrons -MSecAtGW::EntraID \
    -e 'print EntraSync::library_version(), " ", $INC{"EntraSync.pm"}')
}

base=$folder/base
check "make install INSTALL_BASE: it succeeds" make install INSTALL_BASE="$base"
check "make install INSTALL_BASE: the library is below it" \
  test -f "$base/lib/libentrasync.so.$version"
check "make install INSTALL_BASE: the command is below it" test -x "$base/bin/entraid"
check "make install INSTALL_BASE: the manual page is below it" \
  test -n "$(find "$base/man/man1" -name 'entraid.1*')"
check "make install INSTALL_BASE: PERL5LIB=BASE/lib/perl5 finds the Perl module" same "$version" \
  "$(cd / && PERL5LIB="$base/lib/perl5" /usr/bin/perl -MEntraSync \
    -e 'print EntraSync::library_version()')"
check "make install INSTALL_BASE: the drop-ins find it without PERL5LIB" \
  holds "$(from "$base")" "$version $base/lib/perl5/"

check "make install with umask 077: it succeeds" \
  bash -c 'umask 077; make install PREFIX="$1"' - "$folder/shut"
check "make install with umask 077: all users can read the files" \
  same "" "$(find "$folder/shut" ! -type l ! -perm -004 -o -type d ! -perm -001)"

check "make install INSTALLDIRS=vendor: it succeeds" \
  make install DESTDIR="$folder/vendor" PREFIX=/usr INSTALLDIRS=vendor
check "make install INSTALLDIRS=vendor: the modules are in perl's vendor folder" test -f \
  "$folder/vendor$(/usr/bin/perl -MConfig -e 'print $Config{installvendorarch}')/EntraSync.pm"
check "make install INSTALLDIRS=vendor: no file is in /usr/local" \
  fails test -e "$folder/vendor/usr/local"
check "make install INSTALLSITELIB: it succeeds" make install DESTDIR="$folder/named" \
  INSTALLSITELIB=/product/lib INSTALLSITEARCH=/product/lib
check "make install INSTALLSITEARCH: the library is in the folder that it names" \
  test -f "$folder/named/product/lib/auto/EntraSync/libentrasync.so.1"

# MakeMaker's own way, in a copy.
own=$folder/own
mkdir "$own"
cp -R perl "$own/perl"
check "perl Makefile.PL INSTALL_BASE: it succeeds" env -C "$own/perl" /usr/bin/perl Makefile.PL \
  INSTALL_BASE="$own/base" ENTRASYNC_LIBDIR="$PWD/.build/release" ENTRASYNC_INCLUDE="$PWD/include"
check "perl Makefile.PL INSTALL_BASE: make install succeeds" \
  env -u MAKEFLAGS make -s -C "$own/perl" install
check "perl Makefile.PL INSTALL_BASE: the drop-ins find it without PERL5LIB" \
  holds "$(from "$own/base")" "$version $own/base/lib/perl5/"

# Whatever a second version lacks goes with an upgrade, and the rest with `make uninstall`.
kept=$folder/kept
mkdir -p "$kept/share/man" "$kept/lib/perl5/App"
ln -s share/man "$kept/man"
before=$(find "$kept" | sort)
check "make install: it installs beside what is there" make install INSTALL_BASE="$kept"
check "make install: a link that was there stays" test -L "$kept/man"
module=$kept/lib/perl5/$(/usr/bin/perl -MConfig -e 'print $Config{archname}')/EntraSync.pm
check "make install: the module is there" test -f "$module"
inode=$(stat -c %i "$kept/lib/libentrasync.so.$version")
touch "$kept/lib/libentrasync.so.0.9"
echo "$kept/lib/libentrasync.so.0.9" >> "$kept/lib/entrasync/installed"
exec 7< "$kept/lib/libentrasync.so.$version"
check "make install again: it succeeds" make install INSTALL_BASE="$kept"
check "make install again: a file is another one" \
  fails test "$inode" = "$(stat -c %i "$kept/lib/libentrasync.so.$version")"
check "make install again: the old one stays as it was" cmp /dev/fd/7 .build/release/libentrasync.so
exec 7<&-
check "make install again: what an earlier version had goes" \
  test ! -e "$kept/lib/libentrasync.so.0.9"
echo own > "$kept/lib/perl5/App/own.pm"
check "make uninstall: it succeeds" make uninstall INSTALL_BASE="$kept"
check "make uninstall: nothing is left but what was there" \
  same "$(printf '%s\n' "$before" "$kept/lib/perl5/App/own.pm" | sort)" "$(find "$kept" | sort)"
check "make uninstall again: it says that there is nothing" \
  holds "$(make uninstall INSTALL_BASE="$kept" 2>&1 || true)" "there is no $kept/lib/entrasync/installed"

# dist/place.sh by itself.
place() { dist/place.sh "$folder/small" '' "$1/list"; }
mkdir -p "$folder/real" "$folder/small$folder/real" "$folder/small$folder/alias"
ln -s real "$folder/alias"
echo 1 > "$folder/small$folder/alias/file"
check "place: a file is put where a link leads" place "$folder/real"
rm "$folder/small$folder/alias/file"
echo 2 > "$folder/small$folder/real/file"
check "place: the same file is put by its other name" place "$folder/real"
check "place: it is there, and not gone by its first name" same 2 "$(cat "$folder/real/file")"
mkdir "$folder/real/taken"
echo 3 > "$folder/small$folder/real/taken"
check "place: a folder in the place of a file is refused" fails_with 1 place "$folder/real"
check "place: nothing is put into that folder" same "" "$(ls -A "$folder/real/taken")"
check "place: a run that failed leaves a list" grep -qx "$folder/real/file" "$folder/real/list"
check "uninstall: what cannot be removed is said" fails dist/uninstall.sh --list "$folder/real/list"
check "uninstall: the list stays then" test -f "$folder/real/list"
rmdir "$folder/real/taken"
check "uninstall: it can be done again" dist/uninstall.sh --list "$folder/real/list"
check "uninstall: nothing is left" same "" "$(ls -A "$folder/real")"
check "make install: a slash at the end of PREFIX counts for nothing" \
  holds "$(make -s pkg-config-file PREFIX=/opt/x/)" "prefix=/opt/x
"
check "make uninstall DESTDIR: it is refused" fails_with 2 make uninstall DESTDIR="$folder/stage"

check "make install: a relative DESTDIR is refused" \
  fails_with 2 make install DESTDIR=stage PREFIX=/usr
check "make install: a refused DESTDIR gets no file" test ! -e stage
check_end
