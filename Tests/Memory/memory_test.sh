#!/bin/bash
# A call whose memory runs out goes on, returns an error or ends its process, and no list is torn.
set -euo pipefail
. "$TOP/Tests/lib.sh"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -m 700 state

common=(QUERYFILTER=mail AUDITFILE=audit.txt TIMEOUT=5)
variant memory.entraidconf "${common[@]}"
variant certified.entraidconf "${common[@]}" STATEDIR=state CLIENTSECRET \
  "CLIENTCERTIFICATE=$CREDENTIALS/good.pem" "CLIENTKEY=$CREDENTIALS/good.key"
"$TOP/.build/c/gcc/memory" "${POINTS:-500}" memory.entraidconf certified.entraidconf \
  || { cat said.txt >&2; exit 1; }
