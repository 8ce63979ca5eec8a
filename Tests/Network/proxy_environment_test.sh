#!/bin/bash
# The variables that name a proxy, and the hosts that go without one.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

proxy=http://proxy.test:3128
nowhere=http://nowhere.invalid:3128

# tunnels NUMBER: so many tunnels were asked for since the last call.
tunnels() {
  local count
  count=$(grep -c 'CONNECT graph.test:443' "$STAGE/proxy-3128.log") || true
  : > "$STAGE/proxy-3128.log"
  same "$1" "$count"
}
: > "$STAGE/proxy-3128.log"

for variable in HTTPS_PROXY https_proxy ALL_PROXY all_proxy; do
  accepts "$variable names the proxy" https://graph.test -- "$variable=$proxy"
  check "which is used" tunnels 1
done
accepts "HTTPS_PROXY counts before ALL_PROXY" https://graph.test \
  -- "HTTPS_PROXY=$proxy" "ALL_PROXY=$nowhere"
check "and is used" tunnels 1
accepts "http_proxy is not for https" https://graph.test -- "http_proxy=$nowhere"
accepts "an empty HTTPS_PROXY is none" https://graph.test -- HTTPS_PROXY=

for hosts in graph.test .test test elsewhere.test,graph.test '*'; do
  accepts "NO_PROXY=$hosts goes without" https://graph.test \
    -- "HTTPS_PROXY=$proxy" "NO_PROXY=$hosts"
  check "past the proxy" tunnels 0
done
accepts "no_proxy does as well" https://graph.test -- "HTTPS_PROXY=$nowhere" no_proxy=graph.test
accepts "another host in NO_PROXY does not count" https://graph.test \
  -- "HTTPS_PROXY=$proxy" NO_PROXY=elsewhere.test,raph.test
check "so that the proxy is used" tunnels 1

accepts "PROXY counts before the environment" https://graph.test "PROXY = $proxy" \
  -- "HTTPS_PROXY=$nowhere" "ALL_PROXY=$nowhere"
check "and is used" tunnels 1
for origin in http://127.0.0.1:8080 https://localhost; do
  accepts "this machine is reached without one: $origin" "$origin" \
    -- "HTTPS_PROXY=$nowhere" "http_proxy=$nowhere" "ALL_PROXY=$nowhere"
done

refuses "a proxy of the environment that nobody knows is named" network \
  'HTTPS_PROXY|nowhere.invalid' https://graph.test "TIMEOUT = 2" \
  -- HTTPS_PROXY=http://gate:open-sesame@nowhere.invalid:3128
refuses "one that is no URL is refused without its password" network 'proxy' \
  https://graph.test "TIMEOUT = 2" -- 'HTTPS_PROXY=http://gate:open-sesame@ proxy:x'
check "and nothing was sent" nothing_sent
refuses "its wrong password is refused" network 'password|HTTPS_PROXY|407' https://graph.test \
  -- HTTPS_PROXY=http://gate:wrong-word@proxy.test:3131
check_end
