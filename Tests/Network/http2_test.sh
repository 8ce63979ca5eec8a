#!/bin/bash
# HTTP/2, compression and one connection for a whole run; the list is the same without them.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

pages() { grep ' GET ' "$STAGE/access.log"; }

accepts "a group of several pages is read over HTTP/2" https://graph.test "GROUPID = $main"
check "it is the whole group" test "$(wc -l < list.txt)" -gt 2000
mv list.txt http2.txt
check "sign-in and pages went over HTTP/2" fails grep -v ' HTTP/2.0 TLSv1.3 ' "$STAGE/access.log"
check "there were several pages" test "$(pages | wc -l)" -ge 3
check "each was compressed" fails grep -v ' coding=gzip ' <(pages)
check "all came over one connection" one_connection
check "the token went with the pages" fails grep -v ' token=present ' <(pages)
check "and not with the sign-in" grep -q ' POST token=absent ' "$STAGE/access.log"

accepts "a server that speaks HTTP/1.1 alone is read too" https://http1.test "GROUPID = $main"
check "over HTTP/1.1" fails grep -v ' HTTP/1.1 TLSv1.3 ' "$STAGE/access.log"
check "there were several pages" test "$(pages | wc -l)" -ge 3
check "each came in chunks" fails grep -v ' transfer=chunked$' <(pages)
check "all came over one connection" one_connection
check "the list is the same" cmp http2.txt list.txt
check_end
