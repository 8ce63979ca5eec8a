#!/bin/bash
# PROXY: a proxy is used, with and without a password, and a refusal is reported.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

proxy=proxy.test
cat "$CA" "$OTHER_CA" > both.pem
# Other tests may have used this proxy before.
: > "$STAGE/proxy-3128.log"

accepts "PROXY: the proxy is used" https://graph.test "PROXY = http://$proxy:3128"
check "PROXY: one tunnel is opened" tunnels 3128 1
accepts "PROXY without a scheme: the proxy is used" https://graph.test "PROXY = $proxy:3128"
check "PROXY without a scheme: one tunnel is opened" tunnels 3128 1
accepts "PROXY: several pages are read through the proxy" https://graph.test \
  "PROXY = $proxy:3128" "GROUPID = $(group main)"
check "PROXY: one tunnel is enough for a whole run" tunnels 3128 1
check "PROXY: all requests use HTTP/2" every_line ' HTTP/2.0 ' "$(all_requests)"
: > "$STAGE/proxy-3129.log"
accepts "PROXY with a password: the proxy is used" https://graph.test \
  "PROXY = http://gate:open-sesame@$proxy:3129"
check "PROXY with a password: the proxy is asked without it, and then with it" tunnels 3129 2
accepts "PROXY with a password: it may have any characters, as %XX" https://graph.test \
  "PROXY = http://gate:p%40ss%3Aw%25rd%2F%C3%A4%23%3F@$proxy:3131"

accepts "an https proxy is used" https://graph.test "PROXY = https://$proxy:3134"
check "an https proxy: one tunnel is opened" tunnels 3128 1
accepts "an https proxy: CAFILE may hold its authority" https://graph.test \
  "PROXY = https://$proxy:3135" "CAFILE = $PWD/both.pem"
refuses "an https proxy with a certificate of an unknown authority is refused" network \
  'certificate of the proxy in PROXY (line|authority that is not known' https://graph.test \
  "PROXY = https://gate:open-sesame@$proxy:3135"
check "an https proxy with a certificate of an unknown authority: nothing is sent" nothing_sent
refuses "an https proxy that speaks no TLS: the message names the proxy, not the server" network \
  'no TLS connection to the proxy in PROXY (line|does not speak TLS' https://graph.test \
  "PROXY = https://gate:open-sesame@$proxy:3131"

# A refusal is about user and password, about the proxy's own rules, or about the destination.
credentials='asks for a user and a password|https://graph.test|PROXY (line'
refuses "a wrong proxy password (407) is refused" network "$credentials|407" https://graph.test \
  "PROXY = http://gate:wrong-word@$proxy:3131"
check "a wrong proxy password (407): nothing is sent" nothing_sent
refuses "a wrong proxy password (401) is refused" network "$credentials|401" https://graph.test \
  "PROXY = http://gate:wrong-word@$proxy:3129"
check "a wrong proxy password (401): nothing is sent" nothing_sent
refuses "a missing proxy password is refused" network "$credentials|407" https://graph.test \
  "PROXY = http://$proxy:3129"
refuses "a proxy that does not allow the connection (403) is reported" network \
  'does not allow connections to https://graph.test |403|PROXY (line' https://graph.test \
  "PROXY = http://gate:open-sesame@$proxy:3130"
check "a proxy that does not allow the connection (403): nothing is sent" nothing_sent
check "a proxy that does not allow the connection (403): the message speaks of no password" \
  fails grep -qiE 'user|password' said.txt
refuses "a proxy that cannot reach the server (500) is reported" network \
  'the proxy cannot reach https://closed.test |500|TIMEOUT leaves' https://closed.test \
  "PROXY = http://$proxy:3128" "TIMEOUT = 2"
strange=http://gate:p%40ss%3Aw%25rd%2F%C3%A4%23%3F@$proxy:3131
refuses "a proxy that cannot reach the server (503) is reported" network \
  'the proxy cannot reach https://closed.test |503|TIMEOUT leaves' https://closed.test \
  "PROXY = $strange" "TIMEOUT = 2"
refuses "a proxy that cannot resolve the server's name (502) is reported" network \
  'the proxy cannot reach https://nowhere.invalid |502|TIMEOUT leaves' https://nowhere.invalid \
  "PROXY = $strange" "TIMEOUT = 2"
check "a proxy that cannot resolve the server's name (502): the message speaks of no password" \
  fails grep -qiE 'user|password' said.txt
refuses "a proxy with an unknown name is reported" network 'PROXY (line|nowhere.invalid' \
  https://graph.test "PROXY = http://gate:open-sesame@nowhere.invalid:3128" "TIMEOUT = 2"
refuses "a proxy that does not run is reported" network "proxy|$proxy" https://graph.test \
  "PROXY = http://gate:open-sesame@$proxy:3999" "TIMEOUT = 2"
refuses "a server's certificate of an unknown authority is refused behind a proxy" network \
  'https://unknown.test|authority|CAFILE' https://unknown.test "PROXY = http://$proxy:3128"
check "a server's certificate of an unknown authority behind a proxy: nothing is sent" nothing_sent

# The proxies at these ports record what they are sent: before the tunnel is open, and through it.
# It holds no secret.
no_secret_recorded() {
  local record=$STAGE/recorded-$1
  grep -qa '^CONNECT graph.test:443 HTTP/1.1' "$record" || { echo "no CONNECT"; return 1; }
  fails grep -qaiE 'bearer|client_secret|^(GET|POST) ' "$record"
}
headers() {
  grep -aoE '^[A-Za-z-]+: ' "$STAGE/recorded-$1" | tr -d ': ' | LC_ALL=C sort -u | xargs
}
accepts "a recording proxy is used" https://graph.test "PROXY = http://$proxy:3132"
check "a recording proxy: no secret is sent to it" no_secret_recorded 3132
check "a recording proxy: CONNECT names the host and the program" \
  same "Host Proxy-Connection User-Agent" "$(headers 3132)"
accepts "a recording proxy with a password is used" https://graph.test \
  "PROXY = http://gate:open-sesame@$proxy:3133"
check "a recording proxy with a password: no other secret is sent to it" no_secret_recorded 3133
check "a recording proxy with a password: CONNECT has the password as well" \
  same "Host Proxy-Authorization Proxy-Connection User-Agent" "$(headers 3133)"

accepts "PROXY is not used for http:// to this machine" http://127.0.0.1:8080 \
  "PROXY = http://nowhere.invalid:3128"
accepts "PROXY is not used for https:// to this machine" https://localhost \
  "PROXY = http://nowhere.invalid:3128"
check_end
