#!/bin/bash
# The manual pages of C: they hold all of the header and nothing else, and readers take them without
# a complaint.
set -euo pipefail
. Tests/tap.sh

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
header=include/entrasync.h
manual=.build/man
mapfile -t pages < <(find "$manual/man3" -type f | sort)
check "there are manual pages (make man)" test "${#pages[@]}" -gt 5

# What the header declares, found by the compiler and not by the script that makes the pages.
names=$(gcc -w -x c -fpreprocessed -dD -E -P "$header" | grep -oE '\b(entrasync|ENTRASYNC)_\w+' \
  | grep -vxE 'ENTRASYNC_(H|NULLABLE|NONNULL)' | sort -u)
to_read=$(grep -v '^ENTRASYNC' <<< "$names")
check "the header has functions and types to read about" test "$(wc -l <<< "$to_read")" -gt 70

without_page=
for name in $to_read; do
  man -M "$manual" -w 3 "$name" > "$folder/path" 2>&1 || without_page+=" $name"
done
check "man finds a page for every function and type" same "" "$without_page"
check "there is no page about anything else" same "$(printf '%s\n' "$to_read" entrasync \
  entrasync_{check,client,error,list,lookup,report,status,version} | sort -u)" \
  "$(find "$manual/man3" -name '*.3' -printf '%f\n' | sed 's/\.3$//' | sort)"
# lexgrog reads the NAME of a page, for apropos(1).
check "the NAME of the pages names every function and type" same \
  "$(printf '%s\n' "$to_read" entrasync entrasync_version | sort -u)" \
  "$(lexgrog "${pages[@]}" | sed -n 's/.*"\(entrasync[a-z_]*\) - .*"$/\1/p' | sort -u)"

# complaints COMMAND...: what a reader of manual pages has to say about each page.
complaints() {
  local page
  for page in "${pages[@]}"; do
    { "$@" "$page" > "$folder/rendered" || echo "$page: exit status $?" >&2; } 2>&1
  done
}
lint() { mandoc -T lint -W style "$1" >&2; }
check "groff has no complaint about a page" same "" "$(complaints groff -man -ww -z)"
check "man has no complaint about a page" \
  same "" "$(complaints env LC_ALL=C.UTF-8 man --warnings=w -l)"
check "mandoc has no complaint about a page" same "" "$(complaints lint)"

for page in "${pages[@]}"; do
  MANWIDTH=120 LC_ALL=C man -E ascii -l "$page" > "$folder/$(basename "$page").txt"
done
cat "$folder"/*.txt > "$folder/all.txt"

# Each has a heading, is a handle that a page is about, or is a tag in a list of constants.
undescribed=
for name in $names; do
  grep -qE "^   $name(\(\))?$|^ +typedef struct $name $name;$|^ +$name \([0-9]+\)$" \
    "$folder/all.txt" || undescribed+=" $name"
done
check "every function, type and constant is described in a page" same "" "$undescribed"

# The header's words, comment by comment: every paragraph is in a page, word by word.
missing=$(/usr/bin/perl - "$header" "$folder/all.txt" <<'PERL'
use strict;
use warnings;
local $/;
my ( $header, $pages ) = map { open my $file, '<', $_ or die "$_: $!\n"; <$file> } @ARGV;
$pages =~ s/\s+/ /g;
my ($overview) = $header =~ m{^/\*\n(.*?)^ \*/}ms;
my @comments = ( $overview, $header =~ m{/\*\*(.*?)\*/}gs );
my $count = 0;
for my $comment (@comments) {
  $comment =~ s/^ *\* ?//gm;
  for my $paragraph ( split /\n\s*\n|^- /m, $comment ) {
    next if $paragraph =~ /^What holds/;
    $paragraph =~ s/^entrasync\.h - (.*)\.$/$1/;
    my $text = join ' ', split ' ', $paragraph =~ s/`([^`]+)`/$1/gr;
    print "$text\n" if index( $pages, $text ) < 0;
    $count++;
  }
}
print "only $count paragraphs\n" if $count < 200;
PERL
)
check "the pages have the text of every comment of the header" same "" "$missing"

check "no page has the header's macros about NULL" \
  fails grep -E 'ENTRASYNC_(NULLABLE|NONNULL)' "$folder/all.txt"

# A declaration that differs from the header's does not compile beside it.
for page in "${pages[@]}"; do
  name=$(basename "$page" .3)
  sed -n '/^SYNOPSIS/,/^DESCRIPTION/{/^[ #]/p}' "$folder/$name.3.txt" | grep -v '^ *cc ' \
    > "$folder/$name.c"
  for language in 'c -std=c11' 'c++ -std=c++11'; do
    # shellcheck disable=SC2086
    check "$name(3): the synopsis compiles as ${language% *}" \
      gcc -x $language -Wall -Wextra -Wpedantic -Werror -Iinclude -fsyntax-only "$folder/$name.c"
  done
done
check "the synopses declare every function" same \
  "$(gcc -x c -fsyntax-only -aux-info /dev/stdout "$header" \
    | grep -oE '\bentrasync_\w+ \(' | sort)" \
  "$(cat "$folder"/*.c | gcc -x c -Iinclude -fsyntax-only -aux-info /dev/stdout - \
    | grep -F '<stdin>' | grep -oE '\bentrasync_\w+ \(' | sort)"
check "the example of entrasync(3) compiles" bash -c 'set -o pipefail
  sed -n "/^EXAMPLES/,/^SEE ALSO/{/^ /s/^ \{7\}//p}" "$1" \
    | gcc -x c -std=c99 -Wall -Wextra -Werror -Iinclude -fsyntax-only -' - \
  "$folder/entrasync.3.txt"

# make_pages TEXT: makes the pages of a header that ends with this text.
make_pages() {
  { cat "$header"; printf '%s\n' "$1"; } > "$folder/other.h"
  docs/man/make.pl "$folder/other.h" "$folder/other"
}
touch -d @86400 "$folder/other.h"
check "the pages have the date of SOURCE_DATE_EPOCH" \
  holds "$(SOURCE_DATE_EPOCH=86400 make_pages '' && head -n 2 "$folder/other/entrasync_list.3")" \
  'ENTRASYNC_LIST 3 1970-01-02'
check "a new section of the header cannot be forgotten" \
  holds "$(make_pages '/* ---- Gate --------- */' 2>&1 || true)" "the section Gate is about"
check "a declaration that the script does not know cannot be forgotten" \
  holds "$(make_pages $'/** A variable. */\nextern int entrasync_gate;' 2>&1 || true)" \
  "what is this?"
check_end
