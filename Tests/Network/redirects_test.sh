#!/bin/bash
# Redirects on TLS: followed at home, and never from https to http.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

# The simulator answers for these groups with redirects.
nested=a0000000-0000-4000-8000-000000000002
inner=a0000000-0000-4000-8000-000000000003

pages() { grep ' GET ' "$STAGE/access.log"; }

accepts "a redirect to the same place is followed" https://graph.test "GROUPID = $nested"
check "five times, and then the page came" same 6 "$(pages | wc -l)"
check "over HTTP/2" fails grep -v ' HTTP/2.0 TLSv1.3 ' <(pages)
check "the token went with each" fails grep -v ' token=present ' <(pages)
check "all on one connection" one_connection

refuses "https never becomes http" server \
  "leads away from https://graph.test to \"http://graph.test\"|not followed" \
  https://graph.test "GROUPID = $inner"
check "nothing was asked after the redirect" same 1 "$(pages | wc -l)"
check_end
