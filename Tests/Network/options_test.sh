#!/bin/bash
# An option that libcurl does not take ends the run before anything is sent.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

# The library loads libcurl for itself alone, so this brings it along.
gcc -shared -fPIC -Wall -Wextra -Werror -o fail_option.so "$TOP/Tests/Network/fail_option.c" \
  -Wl,--no-as-needed -lcurl
preload="LD_PRELOAD=$PWD/fail_option.so"
settings=(https://graph.test "CAFILE = $CA" "PROXY = http://gate:open-sesame@proxy.test:3129")
accepts "with every option the list is written" "${settings[@]}" -- "$preload" \
  "OPTIONS_LOG=$PWD/options"
mapfile -t options < <(LC_ALL=C sort -nu options)
check "there are options for authorities, protocols and the proxy" \
  same "$(printf '10004\n10065\n10097\n10246\n10318\n40309\n40310\n')" \
  "$(printf '%s\n' "${options[@]}" | grep -xE '10004|10065|10097|10246|10318|40309|40310')"
for option in "${options[@]}"; do
  refuses "option $option that cannot be set ends the run" network \
    'libcurl does not take its option |memory' "${settings[@]}" -- "$preload" "FAIL_OPTION=$option"
  check "option $option that cannot be set: nothing is sent" nothing_sent
done
check_end
