#!/bin/bash
# The two examples do what they say, compiled by each compiler: example.c here, and the one at the
# top of the header, which is cut out of it.
set -euo pipefail
. "$ENTRASYNC_TOP/Tests/tap.sh"

example="${CHECKER:-} $C_BUILD/gcc/example"
check "the example writes a list" $example good.entraidconf list.txt '{mail}'
check "with one address a line" fails grep -qv '^[^ ]*@[^ ]*$' list.txt
report=$($example good.entraidconf list.txt '{mail}' 2> progress.txt)
check "its report counts the lines" grep -qx "lines written: $(wc -l < list.txt)" <<< "$report"
check "and says that nothing changed" grep -qx 'file changed: no' <<< "$report"
check "progress went to the standard error" grep -q 'people so far' progress.txt

cp list.txt before.txt
check "a wrong secret ends it with 1" \
  same 1 "$($example wrong-secret.entraidconf list.txt '{mail}' > said.txt 2>&1; echo $?)"
check "names configuration and reason" grep -q '^wrong-secret.entraidconf.*AADSTS7000215' said.txt
check "and leaves the list" cmp before.txt list.txt

# The comment's lines from the first include to the brace that ends main().
sed -n '/^ \*     #include/,/^ \*     }/s/^ \*     \{0,1\}//p' \
  "$ENTRASYNC_TOP/include/entrasync.h" > header.c
cp good.entraidconf senders.entraidconf
for compiler in $COMPILERS; do
  language=c standard=c99
  [ "$compiler" != g++ ] || { language=c++ standard=c++11; }
  check "$compiler takes the header's example" \
    "$compiler" -x $language -std=$standard -Wall -Wextra -Werror "-I$ENTRASYNC_TOP/include" \
    -c header.c
  check "and links it" \
    "$compiler" -o header-example header.o "-L$ENTRASYNC_TOP/.build/release" -lentrasync \
    "-Wl,-rpath,$ENTRASYNC_TOP/.build/release"
  rm -f senders.txt
  check "which runs" ./header-example
  check "and writes the same list" cmp list.txt senders.txt
done
check_end
