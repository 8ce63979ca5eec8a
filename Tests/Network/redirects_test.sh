#!/bin/bash
# Redirects with TLS: those to the same host are followed, those from https to http never are.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

# The simulator answers requests for these groups with redirects.
nested=$(group nested)
inner=$(group inner)

accepts "a redirect to the same host is followed" https://graph.test "GROUPID = $nested"
check "a redirect to the same host: the page comes after the group and five of them" \
  same 7 "$(requests GET | wc -l)"
check "a redirect to the same host: each request uses HTTP/2" \
  every_line ' HTTP/2.0 TLSv1.3 ' "$(requests GET)"
check "a redirect to the same host: each request has the token" \
  every_line ' token=present ' "$(requests GET)"
check "a redirect to the same host: all requests of a run use one connection" used_connections 1

refuses "a redirect from https to http is not followed" server \
  "leads away from https://graph.test to \"http://graph.test\"|not followed" \
  https://graph.test "GROUPID = $inner"
check "a redirect from https to http: no request follows it but the one before, for the group" \
  same 2 "$(requests GET | wc -l)"
check_end
