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
sed '3s/.*/damaged/' "$ca" > damaged.pem
cp "$STAGE/tls/key.pem" key.pem
mkdir folder.pem

accepts "a file of one authority" https://graph.test "CAFILE = $ca"
accepts "a file of several" https://unknown.test "CAFILE = $PWD/both.pem"
accepts "a file beside the configuration" https://graph.test "CAFILE = beside.pem"
accepts "an authority that the system does not know" https://unknown.test "CAFILE = $other_ca"
accepts "a certificate that a server signed itself" https://self.test \
  "CAFILE = $STAGE/tls/self.pem"
refuses "the system's authorities do not count beside it" network \
  'https://graph.test|not known|CAFILE (line' https://graph.test "CAFILE = $other_ca"
check "and nothing was sent" nothing_sent

# unusable NAME FILE 'REASON|REMEDY': it is refused by its name, before anything is connected to.
unusable() {
  refuses "$1" configuration "CAFILE (line |$2 |$3" https://closed.test "CAFILE = $2"
}
unusable "a file that is not there" missing.pem "there is no such file"
unusable "a file without a certificate" text.pem "holds no certificate|PEM"
unusable "an empty file" empty.pem "is empty|PEM"
unusable "a torn file" torn.pem "breaks off|PEM"
unusable "a file in DER" der.pem "is in DER|openssl x509 -inform DER"
unusable "a key" key.pem "holds no certificate|PEM"
unusable "a folder" folder.pem "is a folder"
refuses "a certificate that is none inside" configuration 'CAFILE (line |cannot be used|PEM' \
  https://graph.test "CAFILE = damaged.pem"
check "and nothing was sent" nothing_sent
refuses "CAFILE without a value" configuration 'CAFILE|empty' https://graph.test "CAFILE ="

# Root reads what it likes, and without its capabilities no more than another user.
cp "$ca" closed.pem
chmod 0 closed.pem
env() { command setpriv --bounding-set=-all --inh-caps=-all /usr/bin/env "$@"; }
unusable "a file that may not be read" closed.pem "permission denied"
check_end
