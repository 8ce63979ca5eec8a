#!/bin/bash
# The README's two commands work in a new clone wherever it lies: here in a folder with the
# project's own name, below one whose name has a space and an umlaut, with about 160 bytes in all.
set -euo pipefail
. Tests/tap.sh

folder=.build/anywhere
# The whole path has about 160 bytes: swift-build makes a file name of 255 at most of it.
fill=$((160 - ${#PWD} - ${#folder} - 32))
[ "$fill" -gt 0 ] || fill=1
name="entrasync äö $(printf "%${fill}s" "" | tr ' ' x)"
clone=$folder/$name/entrasync
rm -rf "$folder"
mkdir -p "$folder/$name"
trap 'rm -rf "$folder"' EXIT

check "git clones it" git clone --quiet . "$clone"
# Packages that are fetched once need not be fetched again; nothing that was built is shared.
if [ -d .build/cache/repositories ]; then
  mkdir -p "$clone/.build/cache"
  cp -R .build/cache/repositories "$clone/.build/cache"
fi

# try COMMAND...: runs it there as a user does who has just cloned the tree.
try() {
  env -C "$clone" -u MAKEFLAGS -u MAKELEVEL -u MAKEOVERRIDES -u TMPDIR -u XDG_CACHE_HOME \
    -u XDG_DATA_HOME -u GRAPH_SIMULATOR -u SWIFT_TMPDIR "$@"
}

check "make run passes in a folder with a space, an umlaut and a long path" try make run
# All Swift tests are built there, which odd paths have broken before. Only one suite of them runs:
# the tests in C and Perl show that the library and its files work in such a folder.
check "make test passes in a folder with a space, an umlaut and a long path" \
  try make test SWIFT_TESTS=EntraSyncTests
check "the tests there leave the clone as it was" same "" "$(git -C "$clone" status --porcelain)"
check "no simulator stays there" fails pgrep -f "^$PWD/$folder/.*/graph-simulator"
check_end
