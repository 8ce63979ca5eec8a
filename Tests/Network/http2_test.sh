#!/bin/bash
# HTTP/2, compression and one connection for a whole run. The list is the same without them.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

main=$(group main)

accepts "HTTP/2: a group of several pages is read" https://graph.test "GROUPID = $main"
check "HTTP/2: the list holds the whole group" test "$(wc -l < list.txt)" -gt 2000
mv list.txt http2.txt
check "HTTP/2: sign-in and pages are requested by it" \
  every_line ' HTTP/2.0 TLSv1.3 ' "$(all_requests)"
check "HTTP/2: there are several pages" test "$(requests GET | wc -l)" -ge 3
check "HTTP/2: each page is compressed" every_line ' coding=gzip ' "$(requests GET)"
check "HTTP/2: all requests of a run use one connection" used_connections 1
check "HTTP/2: each page is requested with the token" \
  every_line ' token=present ' "$(requests GET)"
check "HTTP/2: the sign-in is sent without a token" \
  same 1 "$(requests POST | grep -c ' token=absent ')"

accepts "HTTP/1.1: a server that speaks nothing else is read" https://http1.test "GROUPID = $main"
check "HTTP/1.1: sign-in and pages are requested by it" \
  every_line ' HTTP/1.1 TLSv1.3 ' "$(all_requests)"
check "HTTP/1.1: there are several pages" test "$(requests GET | wc -l)" -ge 3
check "HTTP/1.1: each page comes in chunks" every_line ' transfer=chunked$' "$(requests GET)"
check "HTTP/1.1: all requests of a run use one connection" used_connections 1
check "HTTP/1.1: the list is the same as by HTTP/2" cmp http2.txt list.txt
check_end
