#!/bin/bash
# SPDX's own tools read what .ci/sbom writes, and find no fault in it.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. Tests/tap.sh

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
.ci/sbom .build/release/libentrasync.so .build/libentrasync.map 0 > "$folder/good.spdx.json"
read_by_spdx() {
  "$PEERS_PYTHON" -c 'from spdx_tools.spdx.clitools.pyspdxtools import main; main()' \
    --infile "$1" --version SPDX-2.3
}

check "SPDX's tools find no fault in the library's list of parts" \
  read_by_spdx "$folder/good.spdx.json"
sed 's/"DYNAMIC_LINK"/"NEEDS"/' "$folder/good.spdx.json" > "$folder/relation.spdx.json"
sed 's/WITH Swift-exception/WITH Swiftness/' "$folder/good.spdx.json" > "$folder/license.spdx.json"
for fault in relation license; do
  check "SPDX's tools refuse a $fault that SPDX does not know" \
    fails read_by_spdx "$folder/$fault.spdx.json"
done
check_end
