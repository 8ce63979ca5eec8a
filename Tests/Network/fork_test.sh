#!/bin/bash
# A warm lookup over TLS in a process that forks: its children close what they inherited without a
# word, and its connection stays what it was.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

# look_up ORIGIN: what is found is left in said.txt, and the requests in access.log.
look_up() {
  configure "$1"
  : > "$STAGE/access.log"
  /usr/bin/perl "-Mblib=$TOP/perl" "$TOP/Tests/Network/look_up.pl" test.entraidconf \
    ainoa.jasen@example.com > said.txt 2>&1
}

# The connections in the order in which they were used first, by numbers from 1, each request's.
connections() {
  awk '{ if (!($2 in known)) known[$2] = ++count; printf "%s%d", (NR > 1 ? " " : ""), known[$2] }' \
    "$STAGE/access.log"
}

for server in graph.test:HTTP/2.0 http1.test:HTTP/1.1 tls12.test:HTTP/1.1; do
  origin=https://${server%%:*}
  check "lookups at $origin" look_up "$origin"
  check "find a member in the parent and in its child" same \
    'parent: member,child: member,parent: member,parent: member,parent: member' \
    "$(paste -sd , said.txt)"
  check "over ${server#*:}" fails grep -v " ${server#*:} TLSv1" "$STAGE/access.log"
  # Two requests each, and the sign-in: the child's two came over a connection of its own.
  check "the parent's over one connection, whatever its children did with it" same \
    '1 1 1 2 2 1 1 1 1 1 1' "$(connections)"
  check "one sign-in is enough for both" same 1 \
    "$(grep -c 'POST token=absent' "$STAGE/access.log")"
  check "and nothing secret is said" discreet
done
check_end
