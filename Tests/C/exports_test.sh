#!/bin/bash
# The functions that the header declares are those that the library exports, no more and no fewer.
set -euo pipefail
. "$ENTRASYNC_TOP/Tests/tap.sh"

header=$ENTRASYNC_TOP/include/entrasync.h
library=$ENTRASYNC_TOP/.build/release/libentrasync.so

# gcc itself lists the declarations, each as `/* FILE:LINE:… */ extern TYPE NAME (…);`.
gcc -x c -std=c99 -fsyntax-only -aux-info declarations "$header"
declared=$(sed -n "s|^/\* $header:.*extern .*\b\(entrasync_[a-z_]*\) (.*|\1|p" declarations | sort)
# Lower-case letters mark what is local: the linker lists it, nobody can link to it.
exported=$(nm -D --defined-only "$library" | awk '$2 ~ /[A-Z]/ {print $3}' | sort)

check "the header declares functions" test "$(wc -l <<< "$declared")" -gt 30
check "the library exports what the header declares" \
  diff --label declared --label exported <(echo "$declared") <(echo "$exported")
check_end
