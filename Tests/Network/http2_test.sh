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

# together ORIGIN ORDER: writes a list from a large group and from another configuration. ORDER says
# whose page is asked for first: the large group's third, or the other one's only one.
together() {
  configure "$1" "GROUPID = $main"
  variant other.entraidconf "GROUPID = $single" "TIMEOUT = 20" "LOGINURL = $1" \
    "GRAPHURL = $1"
  : > "$STAGE/access.log"
  WITH_INFO=1 /usr/bin/perl "-Mblib=$TOP/perl" "$TOP/Tests/Network/write_list.pl" \
    test.entraidconf list.txt other.entraidconf > said.txt 2>&1 || { cat said.txt; return 1; }
  local order
  order=$(grep -o -e 'other.entraidconf: group .*, page 1, try 1' \
    -e "test.entraidconf: group $main, page 3, try 1" said.txt | cut -d: -f1 | tr '\n' ' ')
  same "$2" "${order//.entraidconf/}"
}
check "HTTP/2: another configuration is read at the same time" together https://graph.test \
  "other test "
check "HTTP/2: both use one connection" used_connections 1
check "HTTP/1.1: another configuration waits for its turn" together https://http1.test \
  "test other "
check_end
