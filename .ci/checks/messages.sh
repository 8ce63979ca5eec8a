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
check_end
