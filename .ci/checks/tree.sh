#!/bin/bash
# The tree itself: what stands at its top, one version everywhere, nothing secret or left behind.
set -euo pipefail
. Tests/tap.sh

top_level='\..*|Package\.(swift|resolved)|Sources|Tests|perl|include|README\.md|Makefile|LICENSE'
top_level+='|CHANGELOG\.md|CONTRIBUTING\.md|SECURITY\.md|docs'
check "everything at the top has its place" \
  fails grep -vxE "$top_level" <<< "$(git ls-tree --name-only HEAD)"
check "the licence is Apache's, whole" \
  test "$(grep -cE 'Apache License|END OF TERMS AND CONDITIONS' LICENSE)" -ge 2

version=$(sed -n 's/^#define ENTRASYNC_VERSION "\(.*\)"/\1/p' include/entrasync.h)
number=$(sed -n 's/^#define ENTRASYNC_VERSION_NUMBER //p' include/entrasync.h)
IFS=. read -r major minor patch <<< "$version"
check "the version's number is that of its text" \
  same $((10000 * major + 100 * minor + patch)) "$number"
check "the change log knows the version" grep -qF "$version" CHANGELOG.md
check "the Perl module has it too" grep -qE "VERSION *= *'v?$version'" perl/lib/EntraSync.pm

# The secret that the simulator's configuration holds must be in no output of any test.
secret=$(Tests/with-simulator -- bash -c \
  'sed -n "s/^CLIENTSECRET *= *//p" "$ENTRAIDCONF" | tr -d \"')
check "the simulator has a secret" test "${#secret}" -gt 8
check "no output of a test holds it" fails grep -lF -- "$secret" .build/results/*.log
check "nor a token or an assertion" \
  fails grep -lE 'eyJ(0eXAi|hbGci)[A-Za-z0-9_-]{20}' .build/results/*.log

check "the tests left the tree as it was" \
  same "$(cat .build/results/before.status)" "$(git status --porcelain)"
check "and no process behind" fails pgrep -f "^$PWD/.build/.*/graph-simulator"
check_end
