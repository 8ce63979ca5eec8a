#!/bin/bash
# examples/senders.entraidconf works once it is filled in, and names only keys that entrasync knows.
set -euo pipefail
. "$TOP/Tests/tap.sh"
. "$TOP/Tests/lib.sh"

sample=$TOP/examples/senders.entraidconf
manual=$TOP/perl/lib/EntraSync/Manual/Configuration.pod
export PERL5LIB=$TOP/perl/blib/lib:$TOP/perl/blib/arch
entraid() { /usr/bin/perl "$TOP/perl/script/entraid" "$@" 2>&1; }

# filled FILE [EDIT...]: writes the sample with the simulator's values, after sed has edited it.
filled() {
  local key
  (
    umask 077
    {
      sed -E "${@:2}" "$sample" | grep -vE '^(TENANTID|CLIENTID|CLIENTSECRET|GROUPID) '
      for key in TENANTID CLIENTID CLIENTSECRET GROUPID LOGINURL GRAPHURL; do
        grep "^$key *=" "$ENTRAIDCONF"
      done
    } > "$1"
  )
}

filled plain.entraidconf -e ''
check "the sample works when it is filled in" \
  holds "$(entraid search "$PWD/plain.entraidconf")" @example.com

mkdir -m 700 state
# Keys of which a second line, or a file or a server that is not here, would say more than the key.
filled whole.entraidconf -e '/^#(QUERYFILTER|CLIENT|EXCLUDEGROUPID|PROXY)/d' \
  -e 's|/var/lib/entrasync|state|; s|/var/log/entrasync|.|' -e 's/^#([A-Z])/\1/'
said=$(entraid search "$PWD/whole.entraidconf") || true
check "the keys that are commented out are accepted as they are" \
  fails grep -F whole.entraidconf <<< "$said"
sed -i 's/^MAXADDED/MAXADDID/' whole.entraidconf
check "a wrong one would be noticed" holds "$(entraid search "$PWD/whole.entraidconf" || true)" MAXADDID
while IFS= read -r key; do
  check "the manual has $key" grep -qE "^=item .*\b$key\b" "$manual"
done < <(sed -nE 's/^#?([A-Z]+) *= .*/\1/p' "$sample" | sort -u)
check_end
