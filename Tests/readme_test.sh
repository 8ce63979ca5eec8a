#!/bin/bash
# The examples of README.md do what they say: each fenced block of C, Perl or a configuration
# follows a comment `<!-- test: NAME -->`, is cut out to a file of that name, compiled as the README
# says, and run against the simulator. The other documents name commands and files that there are.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$top/Tests/tap.sh"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
documents=("$top"/*.md "$top"/docs/*.md "$top"/examples/*.md)
shopt -s nullglob
documents+=("$top"/docs/*/*.md)
shopt -u nullglob

awk '
  /^<!-- test: / { name = $3; next }
  /^```/ && file { close(file); file = name = ""; next }
  /^```(c|perl|ini)$/ { if (name == "") { print FILENAME ":" FNR > "unmarked"; next } file = name }
  file && !/^```/ { print > file }
' "${documents[@]}"
check "every block of C, Perl or a configuration is marked as a test" test ! -e unmarked
check "there is an example in C" compgen -G '*.c'
check "there is an example in Perl" compgen -G '*.pl'
check "there is an example of a configuration" compgen -G '*.entraidconf'

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
for example in *.entraidconf; do
  chmod 600 "$example"
  check "$example is read without a warning" same "" "$(/usr/bin/perl "-Mblib=$top/perl" \
    -MEntraSync -e 'print for EntraSync::Client->open(@ARGV)->warnings' "$example" 2>&1)"
done

# The commands that the documents name are there: in a block, or alone in a pair of backquotes.
named=$(grep -hoE '^ {4}(sudo )?make [a-z][a-z-]*|`make [a-z-]+( [A-Z]+=[^`]*)?`' \
  "${documents[@]}" | grep -oE 'make [a-z-]+' | cut -d ' ' -f 2 | sort -u)
for target in $named; do
  check "make $target is a target" grep -q "^$target:" "$top/Makefile"
done

# What a document links to is there, and so is a heading that it names.
heading() { sed -n 's/^##* //p' "$1" | tr '[:upper:] ' '[:lower:]-' | tr -cd 'a-z0-9_\n-'; }
for document in "${documents[@]}"; do
  broken=
  for link in $(grep -oE '\]\([^)]*\)' "$document" | sed 's/^](//; s/)$//' | grep -v '^https:' || true)
  do
    file=${link%%#*} anchor=
    [[ $link != *#* ]] || anchor=${link#*#}
    path=$document
    [ -z "$file" ] || path=$(dirname "$document")/$file
    [ -e "$path" ] && { [ -z "$anchor" ] || heading "$path" | grep -qx -- "$anchor"; } \
      || broken+=" $link"
  done
  check "every link of ${document#"$top"/} leads somewhere" same "" "$broken"
done
check_end
