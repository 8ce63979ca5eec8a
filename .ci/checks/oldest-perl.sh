#!/bin/bash
# The Perl modules need nothing newer than perl 5.16, as far as a newer perl can tell.
set -euo pipefail
. Tests/tap.sh

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mapfile -t modules < <(git ls-files 'perl/lib/*.pm' perl/script 'perl/*.PL')
mapfile -t tests < <(git ls-files 'perl/t/*.t' 'perl/t/lib/*.pm')

check "the XS sources need no newer interface of perl than 5.16's" \
  .ci/oldest-perl interface perl/EntraSync.xs perl/xs/*.h
check "the modules and commands have no newer syntax than perl 5.16's" \
  .ci/oldest-perl syntax "${modules[@]}"
check "the modules and commands use modules that perl 5.16 brings" \
  .ci/oldest-perl modules "${modules[@]}"
check "the tests have no newer syntax than perl 5.16's" .ci/oldest-perl syntax "${tests[@]}"

# newer TASK TEXT: what is said of a file that needs a newer perl.
newer() {
  printf '%s\n' "$2" > "$folder/newer"
  .ci/oldest-perl "$1" "$folder/newer" || [ $? = 1 ]
}
check "a newer function of perl is noticed in XS" same "SvREFCNT_dec_NN: perl 5.17" \
  "$(newer interface 'SvREFCNT_dec_NN(sv_2mortal(text));')"
check "one that ppport.h could replace is noticed, too" same "av_count: perl 5.33" \
  "$(newer interface 'return av_count(list);')"
check "one that is only used if it is there may be newer" same "" "$(newer interface '
#ifdef av_count
  return av_count(list);
#endif
  return sv_2mortal(text);')"
check "a newer modifier of a pattern is noticed" \
  holds "$(newer syntax 'print if /(a|b)/n;')" "newer: perl 5.02"
for line in 'my @all = $list->@*;' 'my %some = %all{qw(a b)};' 'my @some = $all->@{qw(a b)};' \
  'sub add ($one, $other) { return $one + $other }' 'use v5.36;'; do
  check "newer syntax is noticed: $line" holds "$(newer syntax "$line")" newer:
done
check "a newer module is noticed" holds "$(newer modules 'use HTTP::Tiny::Newest;')" "no perl"
check "a module that is newer in perl is noticed" \
  holds "$(newer modules 'use Test2::API;')" "Test2::API: perl 5.02"
check_end
