#!/bin/bash
# Telephone numbers are read as the package phonenumbers reads them, and the tables in the tree are
# what their scripts make of the packages.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../.." && pwd)
. "$top/Tests/tap.sh"

# made_by SCRIPT FILE: succeeds when the file is what the script makes.
made_by() {
  "$PEERS_PYTHON" "$top/.ci/tables/$1" | diff "$top/$2" -
}

values=Sources/EntraSync/Values
check "the table of numbering plans is the one of phonenumbers" \
  made_by numbering_plans.py "$values/NumberingPlan+Table.swift"
check "the table of folded letters is the one of unicodedata2" \
  made_by folded_letters.py "$values/FoldedLetters+Table.swift"

numbers=numbers.txt
compare_numbers() {
  "$PEERS_PYTHON" "$here/compare_numbers.py" 10000 > "$numbers" || { cat "$numbers"; false; }
}
check "each of 10,000 made-up numbers is read as phonenumbers reads it, or differs for a known reason" \
  compare_numbers
[ ! -f "$numbers" ] || sed 's/^/# /' "$numbers"

check_end
