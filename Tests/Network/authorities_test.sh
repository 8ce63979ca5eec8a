#!/bin/bash
# CAFILE: which files can be used, and that they take the place of the system's authorities.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

cat "$ca" "$other_ca" > both.pem
cp "$ca" beside.pem
head -c 300 "$ca" > torn.pem
: > empty.pem
echo "no certificate" > text.pem
openssl x509 -in "$ca" -outform DER -out der.pem
cp "$STAGE/tls/key.pem" key.pem
mkdir folder.pem

accepts "a file of one authority" https://graph.test "CAFILE = $ca"
accepts "a file of several" https://unknown.test "CAFILE = $PWD/both.pem"
accepts "a file beside the configuration" https://graph.test "CAFILE = beside.pem"
accepts "an authority that the system does not know" https://unknown.test "CAFILE = $other_ca"
accepts "a certificate that a server signed itself" https://self.test \
  "CAFILE = $STAGE/tls/self.pem"
refuses "the system's authorities do not count beside it" network 'https://graph.test|CAFILE' \
  https://graph.test "CAFILE = $other_ca"
check "and nothing was sent" nothing_sent

# unusable NAME FILE
unusable() {
  refuses "$1" configuration "CAFILE|$2|PEM" https://graph.test "CAFILE = $2"
  check "and nothing was sent" nothing_sent
}
unusable "a file that is not there" missing.pem
unusable "a file without a certificate" text.pem
unusable "an empty file" empty.pem
unusable "a torn file" torn.pem
unusable "a file in DER" der.pem
unusable "a key" key.pem
unusable "a folder" folder.pem
refuses "CAFILE without a value" configuration 'CAFILE|empty' https://graph.test "CAFILE ="

# Root reads what it likes, and without its capabilities no more than another user.
cp "$ca" closed.pem
chmod 0 closed.pem
env() { command setpriv --bounding-set=-all --inh-caps=-all /usr/bin/env "$@"; }
unusable "a file that may not be read" closed.pem
check_end
