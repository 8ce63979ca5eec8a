#!/bin/bash
# Which certificates are accepted, and which versions of TLS.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

# The system's certificate store holds the authority of these servers here.
accepts "a certificate of an authority in the system's store is accepted" https://graph.test
accepts "a certificate that names several hosts is accepted" https://graph.two.test
accepts "a wildcard certificate is accepted" https://one.wild.test
accepts "a certificate that names the IP address is accepted" https://198.51.100.1
accepts "a certificate that names localhost is accepted" https://localhost
accepts "an origin may name the port" https://graph.test:443

# disbelieves NAME HOST 'REASON|REMEDY': the host's certificate is refused, and nothing is sent.
disbelieves() {
  refuses "$1 is refused" network "the certificate of https://$2 |$3" "https://$2"
  check "$1: nothing is sent" nothing_sent
}
disbelieves "a certificate of an unknown authority" unknown.test \
  "authority that is not known|CAFILE"
disbelieves "an expired certificate" expired.test "has expired|renewed|clock"
disbelieves "a certificate that is not valid yet" future.test "not valid yet|clock"
disbelieves "a certificate for another host" name.test "is for another name|LOGINURL"
disbelieves "a wildcard certificate for a name with two more labels" one.two.wild.test \
  "is for another name"
disbelieves "a self-signed certificate" self.test "is self-signed|CAFILE"
disbelieves "a certificate that does not name the IP address" 198.51.100.3 "is for another name"
disbelieves "a certificate that does not name the loopback address" 127.0.0.1 \
  "is for another name"

accepts "a server that speaks TLS 1.2 alone is read" https://tls12.test
check "a server that speaks TLS 1.2 alone: the sign-in uses it" \
  every_line ' TLSv1.2 ' "$(requests POST)"
accepts "a server that speaks TLS 1.3 alone is read" https://tls13.test
check "a server that speaks TLS 1.3 alone: the sign-in uses it" \
  every_line ' TLSv1.3 ' "$(requests POST)"
# This permits every version, so that TLS 1.1 is not refused by OpenSSL's own policy.
cat > permissive.cnf <<'CONF'
openssl_conf = all
[all]
ssl_conf = modules
[modules]
system_default = policy
[policy]
MinProtocol = TLSv1
CipherString = ALL:@SECLEVEL=0
CONF
refuses "a server that speaks TLS 1.1 alone is refused" network \
  'https://tls11.test|no version of TLS|TLS 1.2' \
  https://tls11.test -- "OPENSSL_CONF=$PWD/permissive.cnf"
check "a server that speaks TLS 1.1 alone: nothing is sent" nothing_sent
check "a server that speaks TLS 1.1 alone: curl can read it here" \
  env "OPENSSL_CONF=$PWD/permissive.cnf" curl -sS -o said.txt --tlsv1.1 https://tls11.test

refuses "a server with nothing but weak ciphers is refused" network \
  'https://null.test|no cipher in common|OpenSSL' https://null.test
check "a server with nothing but weak ciphers: nothing is sent" nothing_sent
refuses "a server that rejects the host name is refused" network \
  'https://other.test|does not know that name|DNS' https://other.test

refuses "a server that speaks plain HTTP on the port of https is refused" network \
  'https://plain.test|does not speak TLS|port|LOGINURL' https://plain.test
check "a server that speaks plain HTTP on the port of https: no request is sent" \
  fails grep -qE 'POST|present' "$STAGE/access.log"
refuses "http:// to another machine is refused" configuration 'LOGINURL|https://|loopback' \
  http://graph.test
check "http:// to another machine: nothing is sent" nothing_sent
refuses "http:// to a port of https is refused" server 400 http://localhost:443
check "http:// to a port of https: no token is sent" fails grep -q present "$STAGE/access.log"
# Tests/C/stack_test.sh does the same without TLS.
configure https://graph.test
check "TLS needs no more than the stack that the header names" \
  "$TOP/.build/c/gcc/stack" 131072 test.entraidconf
check_end
