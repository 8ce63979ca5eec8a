#!/bin/bash
# How a user and a password are shown to a proxy: by the best method that it offers.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

servers=()
trap 'kill "${servers[@]}" 2> /dev/null || true' EXIT
port=4600
# offering METHOD...: starts another proxy that offers these methods.
offering() {
  port=$((port + 1))
  /usr/bin/perl "$TOP/Tests/Network/offering.pl" 198.51.100.1 "$port" "$PWD/shown" "$@" &
  servers+=($!)
  await 5 listens 198.51.100.1 "$port"
  : > shown
}
proxy() { echo "http://gate:${1:-open-sesame}@proxy.test:$port"; }

# uses 'METHODS' 'SHOWN': the list is written by way of a proxy that offers these methods, and the
# proxy sees this.
uses() {
  # shellcheck disable=SC2086
  offering $1
  accepts "a proxy that offers $1 is used" https://graph.test "PROXY = $(proxy)"
  check "a proxy that offers $1: it sees $2" same "$2" "$(xargs < shown)"
}
uses Basic "nothing Basic"
uses "Basic Digest" "nothing Digest"
uses "Basic NTLM" "nothing NTLM1 NTLM3"
uses "NTLM Digest Basic" "nothing Digest"
# There is no Kerberos ticket here, so that Negotiate comes to nothing.
uses "Negotiate NTLM Basic" "nothing nothing nothing NTLM1 NTLM3"
uses "Negotiate Digest" "nothing nothing nothing Digest"
# A password is of no use for Negotiate.
uses "Negotiate Basic" "nothing nothing nothing Basic"

# logs COUNT: the log of the last run says so often that a password is tried.
logs() { same "$1" "$(grep -c 'info: .*takes no Kerberos ticket' said.txt)"; }
offering Negotiate Basic
accepts "a proxy that takes no ticket is used" https://graph.test "PROXY = $(proxy)" -- WITH_INFO=1
check "a proxy that takes no ticket: the log says so once" logs 1
offering Digest Basic
accepts "a proxy that wants no ticket is used" https://graph.test "PROXY = $(proxy)" -- WITH_INFO=1
check "a proxy that wants no ticket: the log says nothing of it" logs 0

offering Digest Basic
accepts "a proxy of the environment is shown its password by Digest" https://graph.test -- \
  "HTTPS_PROXY=$(proxy)"
check "a proxy of the environment: it sees Digest" same "nothing Digest" "$(xargs < shown)"

offering Negotiate -NTLM
refuses "a refused password is reported with what the proxy offers" network \
  'a user and a password|HTTP 407, offering Negotiate, NTLM|PROXY (line' https://graph.test \
  "PROXY = $(proxy wrong-word)"
offering -Digest Basic
refuses "a password that Digest does not prove is not sent by Basic" network \
  'offering Digest, Basic' https://graph.test "PROXY = $(proxy)"
check "a password that Digest does not prove: the proxy sees no Basic" fails grep -q Basic shown
offering Negotiate
refuses "a proxy that offers Negotiate alone is reported" network \
  'a Kerberos ticket|HTTP 407, offering Negotiate alone|kinit|PROXY (line' https://graph.test \
  "PROXY = $(proxy)"
check "a proxy that offers Negotiate alone: it sees no password" fails grep -qE 'Basic|NTLM' shown
check "a proxy that refuses: nothing is sent to the server" nothing_sent
check_end
