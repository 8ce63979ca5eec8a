#!/bin/bash
# Every fault of the simulator ends as the page that is kept says, and that is well.
set -euo pipefail
. Tests/tap.sh

page=Tests/Faults/README.md
check "every fault ends as $page says" make faults
check "no fault leaves its mark on a list" fails grep -E 'A WRONG LIST|\| NO \|' "$page"
check "what is struck once is survived" \
  fails grep -E '\| `[a-z_]+` \|$' "$page"
check_end
