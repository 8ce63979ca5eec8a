#!/bin/bash
# examples/people.py and examples/people.cpp do the same and say the same.
set -euo pipefail
. "$TOP/Tests/tap.sh"
. "$TOP/Tests/lib.sh"

member=ainoa.jasen@example.com
strangers=(nobody@example.com '*' '' $'\xff@example.com')
read -ra compilers <<< "$CXX_COMPILERS"
read -rd '' -a checker <<< "$MEMCHECK" || true

# people HOST ARGUMENT...: runs the example of this host.
people() {
  case $1 in
    python) /usr/bin/env python3 "$TOP/examples/people.py" "${@:2}" ;;
    valgrind) "${checker[@]}" "$TOP/.build/examples/people-g++" "${@:2}" ;;
    *) "$TOP/.build/examples/people-$1" "${@:2}" ;;
  esac
}
# outcome ARGUMENT...: what people prints, and its exit status.
outcome() {
  local status=0
  people "$@" 2>&1 || status=$?
  echo "status $status"
}

# frozen HOST ARGUMENT...: runs it while the server is silent, and interrupts it. The server answers
# again afterwards, whatever happens.
frozen() {
  local host=$1 status=0
  shift
  kill -STOP "$SIMULATOR_PID"
  # Background jobs of a script ignore SIGINT unless perl gives it back to them.
  case $host in
    python) set -- python3 "$TOP/examples/people.py" "$@" ;;
    *) set -- "$TOP/.build/examples/people-$host" "$@" ;;
  esac
  /usr/bin/perl -e '$SIG{INT} = "DEFAULT"; exec @ARGV' "$@" > frozen.txt 2>&1 &
  local pid=$!
  # It waits for the server once it has a connection.
  await 60 connected "$pid" || true
  kill -INT "$pid"
  wait "$pid" || status=$?
  kill -CONT "$SIMULATOR_PID"
  cat frozen.txt
  echo "status $status"
}
connected() { find "/proc/$1/fd" -lname 'socket:*' 2> /dev/null | grep -q .; }

for host in python "${compilers[@]}" valgrind; do
  rm -f list.txt
  check "$host: write makes a list" same $'50 lines, 50 added, 0 removed\nstatus 0' \
    "$(outcome "$host" write good.entraidconf list.txt '{mail}')"
  check "$host: the list has one address a line" every_line '^[^ ]*@[^ ]*$' "$(cat list.txt)"
  cp list.txt before.txt
  check "$host: write with a wrong secret says so" holds \
    "$(outcome "$host" write wrong-secret.entraidconf list.txt '{mail}')" \
    'wrong-secret.entraidconf: sign-in refused (AADSTS7000215)' 'status 2'
  check "$host: write without a server says so" holds \
    "$(outcome "$host" write stopped.entraidconf list.txt '{mail}')" 'cannot connect' 'status 2'
  check "$host: the list of a failed run is unchanged" cmp before.txt list.txt
  check "$host: write refuses a malformed template" same \
    $'line template "{mail" has a { without its }; write {{ for a brace\nstatus 2' \
    "$(outcome "$host" write good.entraidconf list.txt '{mail')"
  check "$host: write refuses an attribute that QUERYFILTER lacks" \
    holds "$(outcome "$host" write good.entraidconf list.txt '{mail} {mobilePhone}')" 'status 2'
  check "$host: a missing configuration is named" \
    same $'missing.entraidconf: there is no such file\nstatus 2' \
    "$(outcome "$host" lookup missing.entraidconf "$member")"
  check "$host: a malformed configuration is named" holds \
    "$(outcome "$host" lookup malformed.entraidconf "$member")" 'malformed.entraidconf: line ' \
    'status 2'

  check "$host: lookup finds a member" \
    same "$member: member: $member 040123123123"$'\nstatus 0' \
    "$(outcome "$host" lookup desk.entraidconf "$member")"
  check "$host: lookup says no to a stranger, to what is no address and to bad UTF-8" \
    same "$(printf '%s: not a member\n' "${strangers[@]}")"$'\nstatus 1' \
    "$(outcome "$host" lookup desk.entraidconf "${strangers[@]}")"
  check "$host: lookup says why a list has no line" \
    same $'finn@doubles.example: without a line: has no mobilePhone\nstatus 1' \
    "$(outcome "$host" lookup doubles.entraidconf finn@doubles.example)"
  check "$host: lookup without a server says unknown, never no" \
    holds "$(outcome "$host" lookup stopped.entraidconf "$member")" \
    "$member: unknown: stopped.entraidconf: cannot connect" 'status 2'
  check "$host: no argument is answered with the usage" \
    holds "$(outcome "$host")" 'usage:' 'status 2'
done

# valgrind makes a signal arrive late; the others are the same program.
for host in python "${compilers[@]}"; do
  check "$host: SIGINT ends a run that waits for the server" \
    holds "$(frozen "$host" write good.entraidconf list.txt '{mail}')" stopped 'status 2'
  check "$host: the list of a run that was ended is unchanged" cmp before.txt list.txt
done

# python CODE: runs code after `from people import …`, and succeeds if it ends well.
python() {
  PYTHONPATH=$TOP/examples python3 -X faulthandler -W error -c "from people import *
$1"
}
refused='def refused(kind, call, *arguments):
    try: call(*arguments)
    except kind as error: return error
    raise SystemExit(f"{call} was not refused")
'
check "python: an object that was closed is refused by the library" python "$refused
client = Client('good.entraidconf')
people = List('other.txt', '{mail}', client)
lookup = Lookup(None, client)
for closed in people, lookup, client, client: closed.close()
assert client.warnings() == []
assert refused(EntraSyncError, people.write).status == 'invalid_argument'
assert refused(EntraSyncError, lookup.find, '$member').status == 'invalid_argument'
refused(EntraSyncError, Lookup, None, client)"
check "python: a list and a lookup outlive the client's object" python "
people = List('other.txt', '{mail}', Client('good.entraidconf'))
client = Client('desk.entraidconf')
client.stop_when(lambda: False)
lookup = Lookup(None, client)
client.close()
del client
import gc; gc.collect()
assert people.write()['written'] == 50
assert lookup.find('$member')[0][0] == 'member'
assert lookup.find() == []"
check "python: a text with a NUL, a number and a foreign handle are refused" python "$refused
client = Client('good.entraidconf')
refused(ValueError, Client, 'good.entraidconf\0')
refused(TypeError, Client, 5)
refused(EntraSyncError, Client, None)
refused(ValueError, Lookup(None, client).find, 'a@b\0c')
refused(EntraSyncError, Lookup(None, client).find, None)
refused(ctypes.ArgumentError, List, 'other.txt', '{mail}', Lookup(None, client))"
check "python: twenty thousand failures keep no memory" python "$refused
def peak(): import resource; return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
def fail(times):
    for _ in range(times): refused(EntraSyncError, Client, 'missing.entraidconf')
fail(200)
before = peak()
fail(20000)
assert peak() - before < 1000, peak() - before"
check_end
