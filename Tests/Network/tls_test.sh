#!/bin/bash
# Whose certificate is believed, and which versions of TLS are spoken.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

# The system's store holds the authority of these servers here.
accepts "the system's store is used" https://graph.test
accepts "the certificate may name one host of several" https://graph.two.test
accepts "or any host of a domain" https://one.wild.test
accepts "or an address" https://198.51.100.1
accepts "a server on this machine has to prove itself too" https://localhost
accepts "the port may be said" https://graph.test:443

# disbelieves NAME HOST 'REASON|REMEDY': its certificate is refused, and nothing is sent.
disbelieves() {
  refuses "$1" network "the certificate of https://$2 |$3" "https://$2"
  check "and nothing was sent" nothing_sent
}
disbelieves "an unknown authority is refused" unknown.test "authority that is not known|CAFILE"
disbelieves "an expired certificate is refused" expired.test "has expired|renewed|clock"
disbelieves "one that is not valid yet is refused" future.test "not valid yet|clock"
disbelieves "one for another host is refused" name.test "is for another name|LOGINURL"
disbelieves "a wildcard stands for one label only" one.two.wild.test "is for another name"
disbelieves "one that a server signed itself is refused" self.test "by the server itself|CAFILE"
disbelieves "an address that it does not name is refused" 198.51.100.3 "is for another name"
disbelieves "this machine's own is refused by an address that it does not name" 127.0.0.1 \
  "is for another name"

accepts "TLS 1.2 is enough" https://tls12.test
check "and is what was spoken" grep -q ' TLSv1.2 POST ' "$STAGE/access.log"
accepts "TLS 1.3 alone will do" https://tls13.test
check "and is what was spoken" grep -q ' TLSv1.3 POST ' "$STAGE/access.log"
# A system that permits every version, so that it is not OpenSSL's own policy that refuses.
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
refuses "TLS 1.1 is refused" network 'https://tls11.test|no version of TLS|TLS 1.2' \
  https://tls11.test -- "OPENSSL_CONF=$PWD/permissive.cnf"
check "and nothing was sent" nothing_sent
check "though another client may speak it here" \
  env "OPENSSL_CONF=$PWD/permissive.cnf" curl -sS -o said.txt --tlsv1.1 https://tls11.test

refuses "a server without a cipher that is good enough is refused" network \
  'https://null.test|no cipher in common|OpenSSL' https://null.test
check "and nothing was sent" nothing_sent
refuses "a server that does not know its name is refused" network \
  'https://other.test|does not know that name|DNS' https://other.test

refuses "plain HTTP on the port of https is refused" network \
  'https://plain.test|does not speak TLS|port|LOGINURL' https://plain.test
check "and no request came through" fails grep -qE 'POST|present' "$STAGE/access.log"
refuses "http:// to another machine is refused" configuration 'GRAPHURL|https://|loopback' \
  http://graph.test
check "and nothing was sent" nothing_sent
refuses "http:// on a port of https is refused" server 400 http://localhost:443
check "and no token went there" fails grep -q present "$STAGE/access.log"
check_end
