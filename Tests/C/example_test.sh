#!/bin/bash
# The two examples work, compiled by each compiler: example.c in this folder, and the example in the
# comment at the top of the header.
set -euo pipefail
. "$ENTRASYNC_TOP/Tests/tap.sh"

# example CONFIGURATION LIST LINE: runs the example, under valgrind where CHECKER says so.
read -rd '' -a checker <<< "${CHECKER:-}" || true
example() { "${checker[@]}" "$C_BUILD/gcc/example" "$@"; }

check "example: it writes a list" example good.entraidconf list.txt '{mail}'
check "example: the list has one address a line" every_line '^[^ ]*@[^ ]*$' "$(cat list.txt)"
report=$(example good.entraidconf list.txt '{mail}' 2> progress.txt)
check "example: its report counts the lines" \
  grep -qx "lines written: $(wc -l < list.txt)" <<< "$report"
check "example: its report says that the second run changed nothing" \
  grep -qx 'file changed: no' <<< "$report"
check "example: it prints the progress to standard error" grep -q 'people so far' progress.txt

cp list.txt before.txt
wrong_secret() { example wrong-secret.entraidconf list.txt '{mail}' > said.txt 2>&1; }
check "example with a wrong secret: the exit status is 1" fails_with 1 wrong_secret
check "example with a wrong secret: the message names configuration and reason" \
  grep -q '^wrong-secret.entraidconf.*AADSTS7000215' said.txt
check "example with a wrong secret: the list is unchanged" cmp before.txt list.txt

# The comment's lines, from the first include to the brace that ends main().
sed -n '/^ \*     #include/,/^ \*     }/s/^ \*     \{0,1\}//p' \
  "$ENTRASYNC_TOP/include/entrasync.h" > header.c
cp good.entraidconf senders.entraidconf
for compiler in $COMPILERS; do
  language=c standard=c99
  [ "$compiler" != g++ ] || { language=c++ standard=c++11; }
  check "the header's example: $compiler compiles it" \
    "$compiler" -x $language -std=$standard -Wall -Wextra -Werror "-I$ENTRASYNC_TOP/include" \
    -c header.c
  check "the header's example: $compiler links it" \
    "$compiler" -o header-example header.o "-L$ENTRASYNC_TOP/.build/release" -lentrasync \
    "-Wl,-rpath,$ENTRASYNC_TOP/.build/release"
  rm -f senders.txt
  check "the header's example by $compiler: it runs" ./header-example
  check "the header's example by $compiler: it writes the same list as example.c" \
    cmp list.txt senders.txt
done
check_end
