#!/bin/bash
# A configuration is trusted as far as whoever can write it: a hostile user who may write one cannot
# make root read, send or change another's files with it.
set -euo pipefail
. "$TOP/Tests/Crash/crash.sh"

configure
accepts "a list is written" whole.txt

# ---- A configuration that everybody can write ---------------------------------------------------

# stays NAME REASON REMEDY: root refuses the configuration, and nothing is made.
stays() {
  check "$1: root refuses the configuration" fails written new.txt
  check "$1: the message says why, and what to do" same \
    "$folder/test.entraidconf: it is not used, since every user of this system can $2; $3" \
    "$(cat said.txt)"
  check "$1: no list is made" test ! -e new.txt
}

chmod o+w test.entraidconf
stays "a configuration that every user can write" "change it" "chmod o-w $folder/test.entraidconf"
configure
chmod 777 "$folder"
stays "a configuration in a folder that every user can write" \
  "replace it, since they can write to its folder $folder" "chmod o-w $folder"
chmod 1777 "$folder"
accepts "root uses its configuration in a folder with the sticky bit" whole.txt
chmod 755 "$folder"
mkdir above above/below
cp test.entraidconf above/below
chmod 777 above
check "root refuses a configuration below a folder that every user can write" \
  fails "$EXAMPLE" above/below/test.entraidconf new.txt '{mail}'
rm -r above

# ---- A configuration that a hostile user can write ----------------------------------------------

mkdir system hostile lists
echo root-secret > system/secret
printf '#!/bin/sh\necho nightly\n' > system/script
printf 'PATH=/bin\n' > system/profile
chmod 600 system/secret
chmod 755 system/script
cp "$TOP/.build/credentials/good.pem" system/ca.pem
chown 1001:1001 hostile
victims() { for file in system/*; do state "$file"; done; }
before=$(victims)
spared() {
  same "$before" "$(victims)" && same "ca.pem profile script secret" "$(cd system && echo *)"
}

# theirs LINE...: writes the hostile user's configuration.
theirs() {
  variant "$folder/hostile/test.entraidconf" "MAXREMOVED = off" "$@"
  chown 1001:1001 hostile/test.entraidconf
}

# run_theirs LIST: root writes the list with that configuration.
run_theirs() {
  "$EXAMPLE" "$folder/hostile/test.entraidconf" "$1" '{mail}' > report.txt 2> said.txt
}

bounds='user id 1001 can change or replace this configuration, which may therefore name only files'
forbidden() {
  theirs "${@:2}"
  fails run_theirs lists/list.txt || return 1
  holds "$(cat said.txt)" "$1" "$bounds of that user and files below its own folder" || return 1
  same "" "$(ls -A lists)" && spared
}

# forbids NAME KEY LINE...: root refuses what the configuration names, and says so.
forbids() { check "another user's configuration: root refuses $1" forbidden "$2" "${@:3}"; }

theirs
check "root uses another user's configuration that names no file" run_theirs lists/list.txt
rm lists/list.txt
forbids "a CLIENTSECRETFILE of root's" CLIENTSECRETFILE CLIENTSECRET \
  "CLIENTSECRETFILE = $folder/system/secret"
forbids "a CLIENTSECRETFILE of root's behind .." CLIENTSECRETFILE CLIENTSECRET \
  "CLIENTSECRETFILE = ../system/secret"
ln -s "$folder/system/secret" hostile/secret
forbids "a symbolic link to a CLIENTSECRETFILE of root's" CLIENTSECRETFILE CLIENTSECRET \
  "CLIENTSECRETFILE = secret"
ln -s "$folder/system" hostile/folder
forbids "a CLIENTSECRETFILE of root's behind a link to its folder" CLIENTSECRETFILE CLIENTSECRET \
  "CLIENTSECRETFILE = folder/secret"
forbids "a CLIENTCERTIFICATE of root's" CLIENTCERTIFICATE CLIENTSECRET \
  "CLIENTCERTIFICATE = $folder/system/ca.pem"
cp system/ca.pem hostile
forbids "a CLIENTKEY of root's" CLIENTKEY CLIENTSECRET \
  "CLIENTCERTIFICATE = ca.pem" "CLIENTKEY = $folder/system/secret"
forbids "a CAFILE of root's" CAFILE "CAFILE = $folder/system/ca.pem"
for name in script profile new.log; do
  forbids "the AUDITFILE system/$name" AUDITFILE "AUDITFILE = $folder/system/$name"
done
forbids "an AUDITFILE behind .." AUDITFILE "AUDITFILE = ../system/new.log"
forbids "a STATEDIR of root's" STATEDIR "STATEDIR = $folder/system/state"

# A hard link, where the system lets users make them to files of others.
ln system/secret hostile/linked
before=$(victims)
theirs CLIENTSECRET "CLIENTSECRETFILE = linked"
check "another user's configuration: root refuses a hard link to a file of root's" \
  fails run_theirs lists/list.txt
check "a hard link to a file of root's: the message says why" \
  grep -qF 'cannot be used: it has a hard link, and user id 1001 can change or replace' said.txt
rm hostile/linked
before=$(victims)

# What is the user's, or in the configuration's folder, may be named.
secret=$(sed -n 's/^CLIENTSECRET *= *"\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' "$ENTRAIDCONF")
[ -n "$secret" ]
for place in hostile system; do
  echo "$secret" > "$place/own"
  chmod 600 "$place/own"
  [ "$place" = hostile ] || chown 1001 "$place/own"
  theirs CLIENTSECRET "CLIENTSECRETFILE = $folder/$place/own" "AUDITFILE = audit.log" \
    "STATEDIR = state"
  check "root uses another user's configuration and the secret in $place" run_theirs lists/list.txt
  rm -f lists/list.txt system/own
done
check "the audit beside another user's configuration has the runs" \
  same 2 "$(grep -c 'run begins, from' hostile/audit.log)"
check "the token beside another user's configuration is kept" \
  test -n "$(ls -A hostile/state)"

# A configuration of root's in the user's folder is as good as the user's.
theirs "CAFILE = $folder/system/ca.pem"
chown 0:0 hostile/test.entraidconf
check "root's configuration in another user's folder: root refuses a CAFILE elsewhere" \
  fails run_theirs lists/list.txt
check "root's configuration in another user's folder: the message names the user" \
  grep -qF "$bounds" said.txt

# ---- Root's configuration that several users can write ------------------------------------------

mkdir ours
# ours [LINE...]: writes root's configuration.
ours() { variant "$folder/ours/test.entraidconf" "MAXREMOVED = off" "$@"; }
# run_ours: root writes the list with it.
run_ours() {
  rm -f lists/list.txt
  "$EXAMPLE" "$folder/ours/test.entraidconf" lists/list.txt '{mail}' > report.txt 2> said.txt
}
# others NAME: root refuses a file elsewhere, and uses one beside the configuration.
others() {
  check "$1: root refuses a CAFILE elsewhere" fails run_ours
  check "$1: the message says why" grep -qF \
    'other users can change or replace this configuration, which may therefore name' said.txt
}
ours "CAFILE = $folder/system/ca.pem"
check "root's own configuration names a CAFILE elsewhere" run_ours
chmod 660 ours/test.entraidconf
others "a configuration that root's group can write"
chmod 600 ours/test.entraidconf
setfacl -m u:1001:rw ours/test.entraidconf
others "a configuration that an access list lets a user write"
setfacl -m m::r ours/test.entraidconf
check "root's own configuration that an access list lets a user read names a CAFILE elsewhere" \
  run_ours
setfacl -b ours/test.entraidconf
setfacl -m u:1001:rwx ours
others "a configuration whose folder an access list lets a user write"
setfacl -b ours
chmod 755 ours
check "root's own configuration without access lists names a CAFILE elsewhere" run_ours

# A user who could write it keeps it open, removes its name and makes a link to what is open.
chown 0:1001 ours ours/test.entraidconf
chmod 770 ours
chmod 660 ours/test.entraidconf
# shellcheck disable=SC2016 # The user's shell expands it.
setpriv --reuid 1001 --regid 1001 --clear-groups bash -c 'exec 3<> "$1/test.entraidconf" &&
  rm "$1/test.entraidconf" && ln -s "/proc/$$/fd/3" "$1/test.entraidconf" && exec sleep 1000' - "$folder/ours" &
holder=$!
for _ in {1..600}; do
  if [ -L ours/test.entraidconf ]; then break; fi
  sleep 0.1
done
others "a configuration without a name that a user keeps open"
kill "$holder"
wait "$holder" || true
rm -f lists/*

# ---- An AUDITFILE of root's own configuration ---------------------------------------------------

# An audit that is added to a script would be run by whoever runs that.
before=$(victims)
for file in script profile; do
  configure "AUDITFILE = $folder/system/$file"
  check "an AUDITFILE that is no audit: root refuses system/$file" \
    fails write lists/list.txt
  check "an AUDITFILE that is no audit: system/$file is unchanged" spared
done
check "an AUDITFILE that is no audit: the message says so" \
  grep -qF 'does not begin as an audit does; name a file that is missing or empty' said.txt

# ---- Another user runs it -----------------------------------------------------------------------

mkdir own
chown 1003 own
# as_other [LINE...]: user id 1003 writes a list with a configuration that every user can write.
as_other() {
  variant "$folder/own/test.entraidconf" "MAXREMOVED = off" "$@"
  chown 1003 own/test.entraidconf
  chmod 602 own/test.entraidconf
  as 1003 "$EXAMPLE" own/test.entraidconf own/list.txt '{mail}' > report.txt 2> said.txt
}
check "a user who is not root uses his configuration that every user can write" as_other
check "a user who is not root is warned of his configuration that every user can write" \
  grep -qF 'every user of this system can change it; chmod o-w own/test.entraidconf' said.txt
check "a configuration that every user can write names no file of its owner's elsewhere" \
  fails as_other "AUDITFILE = $folder/audit.log"
check "a configuration that every user can write: the message says why" grep -qF \
  'other users can change or replace this configuration, which may therefore name only files' \
  said.txt
check "a configuration that every user can write names files in its folder" \
  as_other "AUDITFILE = audit.log"
check_end
