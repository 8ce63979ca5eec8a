#!/bin/bash
# What an administrator can be told is in the README's tables, with a remedy, and nothing else is.
set -euo pipefail
. Tests/tap.sh

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# edited SED-SCRIPT: the README with something changed.
edited() { sed "$1" README.md > "$folder/README.md"; }

check "every message is in a row" .ci/messages unlisted README.md
check "every row is about messages that there are, and has a remedy" .ci/messages stale README.md

edited '/is for another name/d'
check "a row that is gone is missed" fails .ci/messages unlisted "$folder/README.md"
edited 's/is for another name/is for a different name/'
check "a text that is none of ours is noticed" fails .ci/messages stale "$folder/README.md"
edited 's/^\(| `the certificate of … is for another name` |\).*/\1 |/'
check "and so is a row without a remedy" fails .ci/messages stale "$folder/README.md"
check_end
