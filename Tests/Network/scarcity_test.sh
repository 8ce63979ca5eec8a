#!/bin/bash
# A process that may not open or start what a request needs: the message says so, instead of
# speaking of DNS, certificates or firewalls.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

# attempt FREE: writes a new list with so many descriptors left.
attempt() {
  rm -f list.txt*
  prlimit --nofile=64 /usr/bin/perl "-Mblib=$TOP/perl" "$TOP/Tests/Network/scarce.pl" "$1" \
    test.entraidconf list.txt > said.txt 2>&1
}

# names FREE: the list is written, or the message says what is missing, without another try.
names() {
  local began=$SECONDS
  attempt "$1" || return 1
  discreet || return 1
  [ $((SECONDS - began)) -le 6 ] || { echo "took $((SECONDS - began)) s"; return 1; }
  grep -qx written said.txt && return
  holds "$(tr '[:upper:]' '[:lower:]' < said.txt)" "too many open files" || return 1
  fails grep -E 'DNS|firewall|certificate|TIMEOUT leaves|gave up' said.txt
}

configure https://graph.test "CAFILE = $CA"
for free in {0..24}; do
  check "with $free descriptors left a list is written, or the message names them" names "$free"
  cat said.txt >> all.txt
done
check "with enough descriptors left the list is written" grep -qx written all.txt
check "with a few descriptors left the request is refused, with the limit to raise" \
  grep -q '^network: .*cannot connect to https://graph.test: .*ulimit -n' all.txt

gcc -shared -fPIC -Wall -Wextra -Werror -o no_threads.so "$TOP/Tests/Network/no_threads.c"
refuses "a resolver that cannot start is reported in libcurl's own words" network \
  'cannot look up https://graph.test|thread|ulimit -u|TIMEOUT leaves' https://graph.test \
  "TIMEOUT = 2" -- "LD_PRELOAD=$PWD/no_threads.so"
check "a resolver that cannot start: the message does not speak of DNS" fails grep DNS said.txt

refuses "an unknown name is reported with PROXY" network \
  'cannot find https://graph.invalid (|DNS|set PROXY|TIMEOUT leaves' https://graph.invalid \
  "TIMEOUT = 2"
check_end
