#!/bin/bash
# Every fault of the simulator ends as Tests/Faults/README.md says, and no result there is wrong.
set -euo pipefail
. Tests/tap.sh

page=Tests/Faults/README.md
check "every fault ends as $page says" make faults
check "$page has no fault that harms a list" fails grep -E 'A WRONG LIST|\| NO \|' "$page"
check "$page has a list for each fault that strikes once" \
  fails grep -E '\| `[a-z_]+` \|$' "$page"
check_end
