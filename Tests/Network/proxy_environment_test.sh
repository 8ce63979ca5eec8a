#!/bin/bash
# The environment variables that name a proxy, and the hosts that are reached without one.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

proxy=http://proxy.test:3128
nowhere=http://nowhere.invalid:3128
: > "$STAGE/proxy-3128.log"

for variable in HTTPS_PROXY https_proxy ALL_PROXY all_proxy; do
  accepts "$variable names the proxy" https://graph.test -- "$variable=$proxy"
  check "$variable names the proxy: one tunnel is opened" tunnels 3128 1
done
accepts "HTTPS_PROXY is preferred to ALL_PROXY" https://graph.test \
  -- "HTTPS_PROXY=$proxy" "ALL_PROXY=$nowhere"
check "HTTPS_PROXY is preferred to ALL_PROXY: one tunnel is opened" tunnels 3128 1
accepts "http_proxy is ignored for https" https://graph.test -- "http_proxy=$nowhere"
accepts "an empty HTTPS_PROXY names no proxy" https://graph.test -- HTTPS_PROXY=

for hosts in graph.test .test test elsewhere.test,graph.test '*'; do
  accepts "NO_PROXY=$hosts covers graph.test" https://graph.test \
    -- "HTTPS_PROXY=$proxy" "NO_PROXY=$hosts"
  check "NO_PROXY=$hosts covers graph.test: no tunnel is opened" tunnels 3128 0
done
accepts "no_proxy means the same as NO_PROXY" https://graph.test \
  -- "HTTPS_PROXY=$nowhere" no_proxy=graph.test
accepts "NO_PROXY with other hosts does not cover graph.test" https://graph.test \
  -- "HTTPS_PROXY=$proxy" NO_PROXY=elsewhere.test,raph.test
check "NO_PROXY with other hosts does not cover graph.test: one tunnel is opened" tunnels 3128 1

accepts "PROXY is preferred to the environment" https://graph.test "PROXY = $proxy" \
  -- "HTTPS_PROXY=$nowhere" "ALL_PROXY=$nowhere"
check "PROXY is preferred to the environment: one tunnel is opened" tunnels 3128 1
for variable in NO_PROXY no_proxy; do
  accepts "$variable takes nothing from PROXY" https://graph.test "PROXY = $proxy" \
    -- "$variable=*"
  check "$variable takes nothing from PROXY: one tunnel is opened" tunnels 3128 1
done
for origin in http://127.0.0.1:8080 https://localhost; do
  accepts "$origin is reached without the environment's proxy" "$origin" \
    -- "HTTPS_PROXY=$nowhere" "http_proxy=$nowhere" "ALL_PROXY=$nowhere"
done

refuses "an unknown proxy: the message names it and HTTPS_PROXY" network \
  'HTTPS_PROXY|nowhere.invalid' https://graph.test "TIMEOUT = 2" \
  -- HTTPS_PROXY=http://gate:open-sesame@nowhere.invalid:3128
refuses "an HTTPS_PROXY that is no URL is refused, and its password is not shown" network 'proxy' \
  https://graph.test "TIMEOUT = 2" -- 'HTTPS_PROXY=http://gate:open-sesame@ proxy:x'
check "an HTTPS_PROXY that is no URL: nothing is sent" nothing_sent
refuses "a wrong password in HTTPS_PROXY is refused" network 'password|HTTPS_PROXY|407' \
  https://graph.test -- HTTPS_PROXY=http://gate:wrong-word@proxy.test:3131
check_end
