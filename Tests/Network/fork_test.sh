#!/bin/bash
# Lookups over TLS in a process that forks: its children close the connection that they inherit
# without sending anything, and the parent goes on to use it.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

# look_up ORIGIN: the answers are left in said.txt, and the requests in access.log.
look_up() {
  configure "$1"
  : > "$STAGE/access.log"
  /usr/bin/perl "-Mblib=$TOP/perl" "$TOP/Tests/Network/look_up.pl" test.entraidconf \
    ainoa.jasen@example.com > said.txt 2>&1
}

# Prints each request's connection. Connections are numbered from 1, in the order of their first
# use.
connections() {
  awk '{ if (!($2 in known)) known[$2] = ++count; printf "%s%d", (NR > 1 ? " " : ""), known[$2] }' \
    "$STAGE/access.log"
}

for server in graph.test:HTTP/2.0 http1.test:HTTP/1.1 tls12.test:HTTP/1.1; do
  origin=https://${server%%:*} protocol=${server#*:}
  check "$origin: the process with its lookups succeeds" look_up "$origin"
  check "$origin: the parent and its child find the member" same \
    'parent: member,child: member,parent: member,parent: member,parent: member' \
    "$(paste -sd , said.txt)"
  check "$origin: each request uses $protocol" every_line " $protocol TLSv1" "$(all_requests)"
  # A lookup is two requests, the sign-in one more. The child's two used a connection of its own.
  check "$origin: the parent uses one connection, whatever its children do" same \
    '1 1 1 2 2 1 1 1 1 1 1' "$(connections)"
  check "$origin: parent and child sign in once together" same 1 \
    "$(grep -c 'POST token=absent' "$STAGE/access.log")"
  check "$origin: no secret is printed" discreet
done
check_end
