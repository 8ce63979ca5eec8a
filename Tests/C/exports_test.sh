#!/bin/bash
# The library exports exactly the functions that the header declares.
set -euo pipefail
. "$ENTRASYNC_TOP/Tests/tap.sh"

header=$ENTRASYNC_TOP/include/entrasync.h
library=$ENTRASYNC_TOP/.build/release/libentrasync.so

# gcc lists the declarations, each as `/* FILE:LINE:… */ extern TYPE NAME (…);`.
gcc -x c -std=c99 -fsyntax-only -aux-info declarations "$header"
declared=$(grep -F "/* $header:" declarations \
  | sed -n 's|.*extern .*\b\(entrasync_[a-z0-9_]*\) (.*|\1|p' | sort)
exported=$(nm -D --defined-only "$library" | sed -n 's/.* T \(.*\)@@ENTRASYNC_1.*/\1/p' | sort)

check "the header declares functions" test "$(wc -l <<< "$declared")" -gt 30
check "the library exports what the header declares" \
  diff --label declared --label exported <(echo "$declared") <(echo "$exported")
check_end
