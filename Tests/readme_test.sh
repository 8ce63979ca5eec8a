#!/bin/bash
# The README's examples do what they say: each fenced block of C or Perl follows a comment
# `<!-- test: NAME -->`, is cut out to a file of that name, compiled as the README says, and run
# against the simulator.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$top/Tests/tap.sh"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

awk '
  /^<!-- test: / { name = $3; next }
  /^```/ && file { close(file); file = name = ""; next }
  /^```(c|perl)$/ { if (name == "") { print FNR > "unmarked"; next } file = name }
  file && !/^```/ { print > file }
' "$top/README.md"
check "every block of C or Perl is marked as a test" test ! -e unmarked
check "there is an example in C" compgen -G '*.c'
check "there is an example in Perl" compgen -G '*.pl'

for example in *.c; do
  check "$example compiles" gcc -std=c99 -Wall -Wextra -Werror "-I$top/include" -o "$example.out" \
    "$example" "-L$top/.build/release" -lentrasync "-Wl,-rpath,$top/.build/release"
  check "$example runs" "./$example.out"
  check "$example prints addresses" grep -q '^[^ ]*@[^ ]*$' <("./$example.out")
done
for example in *.pl; do
  check "$example runs" /usr/bin/perl "-Mblib=$top/perl" "$example"
  check "$example prints addresses" grep -q '^[^ ]*@[^ ]*$' \
    <(/usr/bin/perl "-Mblib=$top/perl" "$example" 2> /dev/null)
done

# The commands that the README names are there: in a block, or alone in a pair of backquotes.
named=$(grep -oE '^ {4}(sudo )?make [a-z][a-z-]*|`make [a-z-]+( [A-Z]+=[^`]*)?`' "$top/README.md" \
  | grep -oE 'make [a-z-]+' | cut -d ' ' -f 2 | sort -u)
for target in $named; do
  check "make $target is a target" grep -q "^$target:" "$top/Makefile"
done
check_end
