#!/bin/bash
# PROXY: a proxy is used, with and without a password, and what it refuses is said.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

proxy=proxy.test
cat "$ca" "$other_ca" > both.pem

# tunnels PORT NUMBER: so many tunnels were asked of the tinyproxy there since the last call.
tunnels() {
  local count
  count=$(grep -c 'CONNECT graph.test:443' "$STAGE/proxy-$1.log") || true
  : > "$STAGE/proxy-$1.log"
  same "$2" "$count"
}

accepts "a proxy is used" https://graph.test "PROXY = http://$proxy:3128"
check "for one tunnel" tunnels 3128 1
accepts "its scheme may be left out" https://graph.test "PROXY = $proxy:3128"
check "and it is used" tunnels 3128 1
accepts "several pages go through it" https://graph.test "PROXY = $proxy:3128" "GROUPID = $main"
check "in one tunnel" tunnels 3128 1
check "over HTTP/2" fails grep -v ' HTTP/2.0 ' "$STAGE/access.log"
accepts "a password is given" https://graph.test "PROXY = http://gate:open-sesame@$proxy:3129"
check "and taken" tunnels 3129 1
accepts "a password of any characters is given, as %XX" https://graph.test \
  "PROXY = http://gate:p%40ss%3Aw%25rd%2F%C3%A4%23%3F@$proxy:3131"

accepts "a proxy may be spoken to by TLS" https://graph.test "PROXY = https://$proxy:3134"
check "and is used" tunnels 3128 1
accepts "CAFILE counts for its certificate too" https://graph.test \
  "PROXY = https://$proxy:3135" "CAFILE = $PWD/both.pem"
refuses "a proxy's own certificate is checked" network \
  'certificate of the proxy in PROXY (line|authority that is not known' https://graph.test \
  "PROXY = https://gate:open-sesame@$proxy:3135"
check "and nothing was sent" nothing_sent
refuses "a proxy that does not speak TLS is told from the server" network \
  'no TLS connection to the proxy in PROXY (line|does not speak TLS' https://graph.test \
  "PROXY = https://gate:open-sesame@$proxy:3131"

# What a proxy answers: its own matter, the destination's, or that of user and password.
credentials='asks for a user and a password|https://graph.test|PROXY (line'
refuses "a wrong password is refused" network "$credentials|407" https://graph.test \
  "PROXY = http://gate:wrong-word@$proxy:3131"
check "and nothing was sent" nothing_sent
refuses "also where the proxy calls it 401" network "$credentials|401" https://graph.test \
  "PROXY = http://gate:wrong-word@$proxy:3129"
check "and nothing was sent" nothing_sent
refuses "a missing password too" network "$credentials|407" https://graph.test \
  "PROXY = http://$proxy:3129"
refuses "a proxy that does not let through says so" network \
  'does not allow connections to https://graph.test |403|PROXY (line' https://graph.test \
  "PROXY = http://gate:open-sesame@$proxy:3130"
check "and nothing was sent" nothing_sent
check "and no word of passwords" fails grep -qiE 'user|password' said.txt
refuses "one that cannot reach the server says so, which may pass" network \
  'the proxy cannot reach https://closed.test |500|TIMEOUT leaves' https://closed.test \
  "PROXY = http://$proxy:3128" "TIMEOUT = 2"
strange=http://gate:p%40ss%3Aw%25rd%2F%C3%A4%23%3F@$proxy:3131
refuses "another one calls it 503" network \
  'the proxy cannot reach https://closed.test |503|TIMEOUT leaves' https://closed.test \
  "PROXY = $strange" "TIMEOUT = 2"
refuses "and 502 where the server has no name" network \
  'the proxy cannot reach https://nowhere.invalid |502|TIMEOUT leaves' https://nowhere.invalid \
  "PROXY = $strange" "TIMEOUT = 2"
check "and no word of passwords" fails grep -qiE 'user|password' said.txt
refuses "a proxy that nobody knows is named" network 'PROXY (line|nowhere.invalid' \
  https://graph.test "PROXY = http://gate:open-sesame@nowhere.invalid:3128" "TIMEOUT = 2"
refuses "a proxy that does not run is named" network "proxy|$proxy" https://graph.test \
  "PROXY = http://gate:open-sesame@$proxy:3999" "TIMEOUT = 2"
refuses "a certificate is checked behind a proxy too" network \
  'https://unknown.test|authority|CAFILE' https://unknown.test "PROXY = http://$proxy:3128"
check "and nothing was sent" nothing_sent

# What a proxy is sent before the tunnel stands, and what goes through it, holds no secret.
sees_no_secret() {
  local record=$STAGE/recorded-$1
  grep -qa '^CONNECT graph.test:443 HTTP/1.1' "$record" || { echo "no CONNECT"; return 1; }
  ! grep -qaiE 'bearer|client_secret|^(GET|POST) ' "$record"
}
headers() {
  sed -n '1,/^\r$/s/^\([A-Za-z-]*\): .*/\1/p' "$STAGE/recorded-$1" | LC_ALL=C sort | xargs
}
accepts "a proxy that listens is used" https://graph.test "PROXY = http://$proxy:3132"
check "and learns of no secret" sees_no_secret 3132
check "it is told where to, and by which program" \
  same "Host Proxy-Connection User-Agent" "$(headers 3132)"
accepts "one with a password too" https://graph.test "PROXY = http://gate:open-sesame@$proxy:3133"
check "and learns of no other secret" sees_no_secret 3133
check "it is told the password besides" \
  same "Host Proxy-Authorization Proxy-Connection User-Agent" "$(headers 3133)"

accepts "this machine is reached without a proxy" http://127.0.0.1:8080 \
  "PROXY = http://nowhere.invalid:3128"
accepts "also by https" https://localhost "PROXY = http://nowhere.invalid:3128"
check_end
