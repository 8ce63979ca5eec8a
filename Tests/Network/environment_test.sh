#!/bin/bash
# What the environment, a home folder and the servers' headers must not change: which authorities
# count, who reads along, and what is sent.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

cat "$CA" "$OTHER_CA" > both.pem
mkdir home both
cp "$CA" "$OTHER_CA" both
openssl rehash both
cat > home/.netrc <<'NETRC'
machine graph.test login netrc password open-sesame
default login netrc password open-sesame
NETRC
chmod 600 home/.netrc
printf '%s\n' 'user = "curlrc:open-sesame"' 'insecure' > home/.curlrc
home=("HOME=$PWD/home" "NETRC=$PWD/home/.netrc" "CURL_HOME=$PWD/home" "XDG_CONFIG_HOME=$PWD/home")
key_log=("SSLKEYLOGFILE=$PWD/keys.log")

# The server at graph.test sets a cookie, asks for https in future, and names another service.
accepts "a home folder with .netrc and .curlrc changes nothing" https://graph.test -- "${home[@]}"
check "a home folder with .netrc and .curlrc: the sign-in is sent without a user" \
  every_line ' token=absent ' "$(requests POST)"
check "a server's cookies are not sent back" every_line ' cookie=- ' "$(all_requests)"
check "a server's headers and the home folder: nothing is kept there" \
  same ".curlrc .netrc" "$(find home -type f -printf '%f\n' | LC_ALL=C sort | xargs)"
accepts "a server that names an alternative service is asked itself" https://graph.test \
  "GROUPID = $(group main)"
check "a server that names an alternative service: all requests reach it" \
  every_line '^graph.test ' "$(all_requests)"

for variable in "SSL_CERT_FILE=$PWD/both.pem" "SSL_CERT_DIR=$PWD/both" \
  "CURL_CA_BUNDLE=$PWD/both.pem" "CURL_CA_PATH=$PWD/both"; do
  refuses "${variable%%=*} adds no authority to the system's" network \
    'https://unknown.test|not known' https://unknown.test -- "$variable"
  check "${variable%%=*} adds no authority to the system's: nothing is sent" nothing_sent
  refuses "${variable%%=*} adds no authority to CAFILE" network \
    'https://graph.test|not known' https://graph.test "CAFILE = $OTHER_CA" -- "$variable"
  check "${variable%%=*} adds no authority to CAFILE: nothing is sent" nothing_sent
done
accepts "SSL_CERT_FILE takes no authority away" https://graph.test -- SSL_CERT_FILE=/dev/null \
  SSL_CERT_DIR=/nonexistent

# libcurl opens the file, and must not write into it what decrypts the connections.
no_keys() { [ ! -s keys.log ] || { echo "keys.log: $(wc -l < keys.log) lines"; return 1; }; }
for server in graph tls12 http1; do
  accepts "SSLKEYLOGFILE: $server.test is read" "https://$server.test" -- "${key_log[@]}"
  check "SSLKEYLOGFILE: no key of a connection to $server.test is kept" no_keys
done
accepts "SSLKEYLOGFILE: an https proxy is used" https://graph.test \
  "PROXY = https://proxy.test:3134" -- "${key_log[@]}"
check "SSLKEYLOGFILE: no key of a connection to an https proxy is kept" no_keys
mkfifo fifo
refuses "SSLKEYLOGFILE: a FIFO is not waited for" network 'SSLKEYLOGFILE|FIFO' https://graph.test \
  "TIMEOUT = 2" -- "SSLKEYLOGFILE=$PWD/fifo"
check "SSLKEYLOGFILE: curl itself keeps keys here" env "${key_log[@]}" \
  curl -sS -o said.txt https://graph.test
check "SSLKEYLOGFILE: so this test can fail" test -s keys.log
check_end
