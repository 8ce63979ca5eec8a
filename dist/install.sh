#!/bin/sh
# Installs entrasync from this folder, on a server without Swift:
#
#     ./install.sh [--prefix FOLDER] [--perl PERL] [--without-perl]
#
# FOLDER is /usr/local if it is not named. The Perl modules are compiled for the server's perl; that
# needs a C compiler and make. Each file is put into place by renaming, so that a program that runs
# keeps what it has loaded. FOLDER/lib/entrasync/installed names all files, for uninstall.sh.
set -eu
export LC_ALL=C

usage() { echo "usage: ./install.sh [--prefix FOLDER] [--perl PERL] [--without-perl]" >&2; exit 2; }
fail() { echo "install.sh: $*" >&2; exit 1; }

prefix=/usr/local
perl=perl
while [ $# -gt 0 ]; do
  case $1 in
    --prefix) [ $# -gt 1 ] || usage; prefix=$2; shift 2 ;;
    --perl) [ $# -gt 1 ] || usage; perl=$2; shift 2 ;;
    --without-perl) perl=; shift ;;
    *) usage ;;
  esac
done
case $prefix in /*) ;; *) fail "$prefix is a relative path; name it from / on" ;; esac
while [ "$prefix" != "${prefix%/}" ]; do prefix=${prefix%/}; done
[ -n "$prefix" ] || fail "/ is no folder to install into; the default is /usr/local"
cd "$(dirname "$0")"
umask 022

# Before anything is written: does the library fit this system?
said=$(ldd lib/libentrasync.so.1 2>&1) || true
missing=$(printf '%s\n' "$said" | sed -n 's/^[[:space:]]*\(.*\) => not found.*/\1/p' | tr '\n' ' ')
[ -z "$missing" ] || fail "this system lacks ${missing}: install libcurl, OpenSSL 3 and SQLite first"
case $said in *"version \`"*) fail "the system's libraries are too old: $said" ;; esac
if [ -n "$perl" ]; then
  for program in "$perl" cc make; do
    command -v "$program" > /dev/null \
      || fail "$program is missing; the Perl modules need it (or install --without-perl)"
  done
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
stage=$work/stage
mkdir -p "$stage$prefix/share" "$stage$prefix/include"
cp -R lib "$stage$prefix/lib"
cp include/entrasync.h "$stage$prefix/include"
cp -R man "$stage$prefix/share/man"
while IFS= read -r line; do
  case $line in *@PREFIX@*) line=${line%%@PREFIX@*}$prefix${line#*@PREFIX@} ;; esac
  printf '%s\n' "$line"
done < lib/pkgconfig/entrasync.pc > "$stage$prefix/lib/pkgconfig/entrasync.pc"

if [ -n "$perl" ]; then
  cp -R perl "$work/perl"
  # What somebody has built in this folder may be for another perl.
  (cd "$work/perl" && rm -rf blib pm_to_blib Makefile EntraSync.c ./*.o)
  here=$PWD
  # /usr/local is where perl looks for what a site installs; another folder has all of it below.
  if [ "$prefix" = /usr/local ]; then where=INSTALLDIRS=site; else where="INSTALL_BASE=$prefix"; fi
  (
    cd "$work/perl"
    "$perl" Makefile.PL "$where" "ENTRASYNC_LIBDIR=$here/lib" "ENTRASYNC_INCLUDE=$here/include" \
      "ENTRASYNC_SYSTEM=$prefix/lib" NO_PACKLIST=1 NO_PERLLOCAL=1
    # The command is run once, to write bash's completion.
    LD_LIBRARY_PATH=$here/lib:$here/lib/entrasync make
    make pure_install "DESTDIR=$stage" \
      "BASHCOMPLETIONDIR=$prefix/share/bash-completion/completions"
  ) > "$work/perl.log" 2>&1 || { cat "$work/perl.log" >&2; fail "the Perl modules were not built"; }
fi

# Where runs are remembered.
if [ "$prefix" = /usr/local ] && [ "$(id -u)" -eq 0 ]; then
  mkdir -p "$stage/var/lib/entrasync"
  chmod 700 "$stage/var/lib/entrasync"
fi
./place.sh "$stage" '' "$prefix/lib/entrasync/installed"
[ "$prefix" != /usr/local ] || [ "$(id -u)" -ne 0 ] || ! command -v ldconfig > /dev/null || ldconfig
echo "entrasync is installed below $prefix"
