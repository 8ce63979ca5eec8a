#!/bin/bash
# The tree itself: the files at its top, the same version everywhere, no secret in logs, nothing
# left behind.
set -euo pipefail
. Tests/tap.sh

top_level='\..*|Package\.(swift|resolved)|Sources|Tests|perl|include|README\.md|Makefile|LICENSE'
top_level+='|CHANGELOG\.md|CONTRIBUTING\.md|SECURITY\.md|debian|dist|docs|examples'
check "the top of the tree holds no unexpected file" \
  fails grep -vxE "$top_level" <<< "$(git ls-tree --name-only HEAD)"
check "LICENSE is the whole Apache License" \
  test "$(grep -cE 'Apache License|END OF TERMS AND CONDITIONS' LICENSE)" -ge 2

version=$(sed -n 's/^#define ENTRASYNC_VERSION "\(.*\)"/\1/p' include/entrasync.h)
number=$(sed -n 's/^#define ENTRASYNC_VERSION_NUMBER //p' include/entrasync.h)
IFS=. read -r major minor patch <<< "$version"
check "entrasync.h: the version as a number is the version as a text" \
  same $((10000 * major + 100 * minor + patch)) "$number"
check "CHANGELOG.md has the version of entrasync.h" grep -qF "$version" CHANGELOG.md
check "debian/changelog has the version of entrasync.h" \
  grep -qF "entrasync ($version-" debian/changelog
check "RPM's changelog has the version of entrasync.h" \
  grep -qE "^\* .* - $version-[0-9]+\$" dist/entrasync.spec.in
check "EntraSync.pm has the version of entrasync.h" \
  grep -qE "VERSION *= *'v?$version'" perl/lib/EntraSync.pm

# The client secret in the simulator's configuration must be in no log of a test.
secret=$(Tests/with-simulator -- bash -c \
  'sed -n "s/^CLIENTSECRET *= *//p" "$ENTRAIDCONF" | tr -d \"')
check "the simulator's configuration has a client secret" test "${#secret}" -gt 8
shopt -s nullglob
outputs=(.build/results/*.log .build/results/*.xml)
check "the tests left logs to look at (make test)" test "${#outputs[@]}" -gt 0
# unsaid GREP'S-ARGUMENT...: no output of a test matches.
unsaid() { fails grep -l "$@" "${outputs[@]:-no-output}"; }
check "no log of a test holds the client secret" unsaid -F -e "$secret"
token='eyJ(0eXAi|hbGci)[A-Za-z0-9_-]{20}'
stored_token() {
  # shellcheck disable=SC2016  # Another shell expands this.
  Tests/with-simulator -- bash -c '
    . Tests/lib.sh
    cd "$(dirname "$ENTRAIDCONF")"
    variant shared.entraidconf "STATEDIR = state" TIMEOUT=60
    /usr/bin/perl -Mblib="$0/perl" "$0/perl/script/entraid" lookup a@b.fi shared.entraidconf
    cat state/*' "$PWD"
}
check "a stored token is what the next check looks for" grep -qE "$token" <<< "$(stored_token)"
check "no log of a test holds a token or a client assertion" unsaid -E "$token"

# Only .ci/run notes how the tree was before the tests.
name="the tests left no changed or new files in the tree"
if [ -n "${STATUS_BEFORE+set}" ]; then
  check "$name" same "$STATUS_BEFORE" "$(git status --porcelain)"
else
  check "$name # SKIP needs .ci/run" true
fi
simulators=(pgrep -f "^$PWD/.build/.*/graph-simulator")
check "a simulator that runs is found" Tests/with-simulator -- "${simulators[@]}"
check "the tests left no simulator running" fails "${simulators[@]}"
check_end
