#!/bin/bash
# Every message that an administrator can see is in the manual with a remedy, and nothing else is.
set -euo pipefail
. Tests/tap.sh

manual=perl/lib/EntraSync/Manual/Messages.pod
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# edited SED-SCRIPT: the manual with something changed.
edited() { sed "$1" "$manual" > "$folder/Messages.pod"; }

check "every message of the sources is in the manual" .ci/messages unlisted "$manual"
check "every text in the manual is a message of the sources, and has a remedy" \
  .ci/messages stale "$manual"

edited '/is for another name/d'
check "a message that is missing from the manual is noticed" \
  fails .ci/messages unlisted "$folder/Messages.pod"
edited 's/is for another name/is for a different name/'
check "a text in the manual that is in no source is noticed" \
  fails .ci/messages stale "$folder/Messages.pod"
edited '/^  the certificate of … is for another name$/,/^[^ ]/{/^[^ ]/d}'
check "a message without a remedy is noticed" fails .ci/messages stale "$folder/Messages.pod"

# Sources of which one makes a message, and a log line with as many words.
mkdir -p "$folder/tree/Sources/EntraSync"
cat > "$folder/tree/Sources/EntraSync/Moon.swift" <<'SWIFT'
func land() throws(EntraSyncError) {
  run.log(.info, "the moon is near")
  throw EntraSyncError(.file, "the moon is made of cheese")
}
SWIFT
git -C "$folder/tree" init --quiet
git -C "$folder/tree" add Sources
unlisted=$(env -C "$folder/tree" "$PWD/.ci/messages" unlisted "$PWD/$manual") || true
check "a new message that is not in the manual is noticed, with the place where it is made" \
  holds "$unlisted" "the moon is made of cheese   (made in Moon.swift land EntraSyncError(.file)"
check "a new line of the log needs no row" fails grep "the moon is near" <<< "$unlisted"
check_end
