#!/bin/bash
# CAFILE: which files can be used, and that they replace the system's authorities.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

cat "$CA" "$OTHER_CA" > both.pem
cp "$CA" beside.pem
head -c 300 "$CA" > torn.pem
{ printf '\xEF\xBB\xBF'; cat "$CA"; } > marked.pem
: > empty.pem
echo "no certificate" > text.pem
openssl x509 -in "$CA" -outform DER -out der.pem
sed '3s/.*/damaged/' "$CA" > damaged.pem
sed '1a Proc-Type: 4,ENCRYPTED\nDEK-Info: DES-EDE3-CBC,0011223344556677\n' "$CA" > encrypted.pem
cp "$STAGE/tls/key.pem" key.pem
mkdir folder.pem

accepts "CAFILE may hold one authority" https://graph.test "CAFILE = $CA"
accepts "CAFILE may hold several authorities" https://unknown.test "CAFILE = $PWD/both.pem"
accepts "CAFILE may begin with a byte order mark" https://graph.test "CAFILE = $PWD/marked.pem"
accepts "CAFILE is found beside the configuration" https://graph.test "CAFILE = beside.pem"
accepts "CAFILE may hold an authority that the system does not know" https://unknown.test \
  "CAFILE = $OTHER_CA"
accepts "CAFILE may hold a self-signed certificate" https://self.test \
  "CAFILE = $STAGE/tls/self.pem"
refuses "CAFILE replaces the system's authorities" network \
  'https://graph.test|not known|CAFILE (line' https://graph.test "CAFILE = $OTHER_CA"
check "CAFILE replaces the system's authorities: nothing is sent" nothing_sent

# unusable NAME FILE 'REASON|REMEDY': this CAFILE is refused by its name, before any connection is
# made.
unusable() {
  refuses "$1 is refused" configuration "CAFILE (line |$2 |$3" https://closed.test "CAFILE = $2"
}
unusable "a CAFILE that does not exist" missing.pem "there is no such file"
unusable "a CAFILE without a certificate" text.pem "holds no certificate|PEM"
unusable "an empty CAFILE" empty.pem "is empty|PEM"
unusable "a CAFILE that is cut off" torn.pem "ends in the middle of a certificate|PEM"
unusable "a CAFILE in DER" der.pem "is in DER|openssl x509 -inform DER"
unusable "a CAFILE that holds a key" key.pem "holds no certificate|PEM"
unusable "a CAFILE with an encrypted certificate" encrypted.pem "without a password|PEM"
unusable "a CAFILE that is a folder" folder.pem "is a folder"
refuses "a CAFILE with a damaged certificate is refused" configuration \
  'CAFILE (line |cannot be used|PEM' https://graph.test "CAFILE = damaged.pem"
check "a CAFILE with a damaged certificate: nothing is sent" nothing_sent
refuses "CAFILE without a value is refused" configuration 'CAFILE|empty' https://graph.test \
  "CAFILE ="

# replaced KIND: replaces CAFILE while a run is under way. The run must not touch it a second time,
# and the next one judges the new file. A run that does may hang with all signals held back.
replaced() {
  cp "$CA" own.pem
  configure https://graph.test "CAFILE = own.pem"
  : > "$STAGE/access.log"
  timeout --signal=KILL 60 /usr/bin/perl "-Mblib=$TOP/perl" \
    "$TOP/Tests/Network/replace_authorities.pl" test.entraidconf own.pem "$1" "$OTHER_CA" \
    > said.txt 2>&1
  rm -f own.pem
}
# outcome NUMBER 'PART|PART...': how that run of the list and that of the lookup ended.
outcome() {
  local parts kind
  IFS='|' read -ra parts <<< "$2"
  for kind in list lookup; do holds "$(grep "^$kind $1: " said.txt)" "${parts[@]}" || return 1; done
}
while IFS=: read -r kind parts; do
  check "a CAFILE that is replaced during a run ($kind) does not stop the run" replaced "$kind"
  check "a CAFILE that is replaced during a run ($kind): the run uses what it has judged" \
    outcome 1 'done'
  check "a CAFILE that is replaced during a run ($kind): the next run judges the new one" \
    outcome 2 "$parts"
done <<'KINDS'
fifo:configuration: |CAFILE (line |it is not a regular file
gone:configuration: |CAFILE (line |there is no such file
other:network: |not known|CAFILE (line
KINDS

# Root can read any file. Without its capabilities it can read no more than another user.
cp "$CA" closed.pem
chmod 0 closed.pem
env() { command setpriv --bounding-set=-all --inh-caps=-all /usr/bin/env "$@"; }
unusable "a CAFILE that may not be read" closed.pem "permission denied"
check_end
