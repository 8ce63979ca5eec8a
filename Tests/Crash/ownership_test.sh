#!/bin/bash
# A list keeps its owner and its rights when it is replaced, and a hostile user who owns a folder
# cannot make a run touch other files.
set -euo pipefail
. "$TOP/Tests/Crash/crash.sh"

configure
accepts "a list is written" whole.txt

# old LIST [MODE [OWNER]]: makes an old list.
old() {
  rm -f "$1"
  old_lines > "$1"
  chmod "${2:-644}" "$1"
  chown "${3:-0:0}" "$1"
}

# rights PATH: prints owner, group, mode and access list.
rights() { stat -c '%u:%g %a' "$1" && getfacl --omit-header --numeric --absolute-names "$1"; }

kept() {
  local before
  before=$(rights "$1")
  written "$@" || return 1
  grep -q old@ "$1" && return 1
  same "$before" "$(rights "$1")"
}

# keeps NAME LIST [COMMAND...]: the list is replaced, and its rights stay as they were.
keeps() { check "$1" kept "${@:2}"; }

# ---- Root replaces a list -----------------------------------------------------------------------

for mode in 600 640 664 444 2640 0; do
  old list.txt $mode 1001:1002
  keeps "root replaces a user's list of mode $mode: owner, group and mode stay" list.txt
done

old list.txt 640 1001:1002
setfacl -m u:1003:rw,g:1004:r list.txt
keeps "a list with an access list: the access list stays" list.txt
check "a list with an access list: a user named there still has his rights" \
  grep -q '^user:1003:rw' <(rights list.txt)

mkdir default
setfacl -m d:u:1003:rw,d:g:1004:r default
old default/list.txt
setfacl -b default/list.txt
keeps "a list without an access list: it gets none from its folder's default" default/list.txt
old default/list.txt 600
setfacl -b -m u:1005:r default/list.txt
keeps "a list with an access list: its folder's default changes nothing" default/list.txt
rm default/list.txt
accepts "a new list: it is made in a folder with a default access list" default/list.txt
: > default/other.txt
check "a new list: it has the rights of any new file of its folder" \
  same "$(rights default/other.txt)" "$(rights default/list.txt)"

labels() {
  setfattr -n security.selinux -v system_u:object_r:etc_t:s0 "$1"
  setfattr -n trusted.note -v kept "$1"
}
old list.txt
if labels list.txt 2> /dev/null; then
  accepts "a list with extended attributes is replaced" list.txt
  check "a list with extended attributes: the SELinux label stays" \
    grep -q 'selinux="system_u:object_r:etc_t:s0"' <(getfattr -d -m - list.txt)
  check "a list with extended attributes: the other attributes stay" \
    grep -q 'trusted.note="kept"' <(getfattr -d -m - list.txt)
fi

# ---- Another user replaces a list ---------------------------------------------------------------

mkdir open own closed
chmod 777 open
chown 1001:1001 own
chmod 755 closed
owner='its owner cannot be kept (Operation not permitted); run as root or as its owner'
old open/list.txt
refuses "a user who may write to the folder: root's list is not replaced" "$owner" \
  open/list.txt as 1001
old open/list.txt 640 1001:1002
refuses "a user's own list with a group that he is not in is not replaced" "$owner" \
  open/list.txt as 1001
keeps "a user's own list with a group that he is in is replaced" open/list.txt \
  setpriv --reuid 1001 --regid 1001 --groups 1002 --
old own/list.txt 600 1001:1001
setfacl -m u:1003:r own/list.txt
keeps "a user's own list in his own folder is replaced" own/list.txt as 1001
old closed/list.txt 644 1001:1001
refuses "a user's own list in a folder that he may not write to is not replaced" \
  'it cannot be written (Permission denied); run as a user who may write there' \
  closed/list.txt as 1001
old own/list.txt 600
refuses "a list that a user may not read is not replaced" \
  'it cannot be read (permission denied); run as a user who may read it' own/list.txt as 1001
old own/list.txt 644 1001:1001
if chattr +i own/list.txt 2> /dev/null; then
  refuses "an immutable list (chattr +i) is not replaced" \
    'it cannot be written (Operation not permitted); check with lsattr' own/list.txt
  chattr -i own/list.txt
fi

# ---- A hostile user's folder --------------------------------------------------------------------

mkdir system hostile
echo root:secret > system/shadow
chmod 600 system/shadow
chown 1001 hostile
victim=$(state system/shadow)
spared() { same "$victim" "$(state system/shadow)" && same shadow "$(ls -A system)"; }

# lead LINK TARGET [OWNER]: makes a symbolic link that belongs to the hostile user or to OWNER.
lead() { ln -sfn "$2" "$1" && chown -h "${3:-1001}" "$1"; }

foreign='it is reached by a symbolic link of user id 1001, who may lead it anywhere; name the file'
lead hostile/list.txt "$folder/system/shadow"
refuses "root does not follow a user's link to a file" "$foreign" hostile/list.txt
check "a user's link to a file: its target is unchanged" spared
lead hostile/list.txt "$folder/system/new"
check "root does not follow a user's dangling link" fails written hostile/list.txt
check "a user's dangling link: no file is made" spared
lead "$folder/link.txt" hostile/list.txt 0
lead hostile/list.txt "$folder/system/shadow"
refuses "root does not follow a link of root's to a user's link" "$foreign" link.txt
check "a link of root's to a user's link: its target is unchanged" spared
refuses "a third user does not follow a user's link" "$foreign" hostile/list.txt as 1003
rm hostile/list.txt
lead hostile/folder "$folder/system"
refuses "root does not follow a user's link to a folder" "$foreign" hostile/folder/shadow
lead inner hostile/folder 0
refuses "root does not follow a link of root's to a user's link to a folder" "$foreign" inner/shadow
check "a user's link to a folder: the files there are unchanged" spared
mkdir hostile/own
chown 1001 hostile/own
lead hostile/folder own
accepts "root follows a user's link to that user's own folder" hostile/folder/list.txt
rm -r inner hostile/folder hostile/own
old hostile/real.txt 640 1001:1001
lead hostile/list.txt real.txt
keeps "a user follows his own link" hostile/list.txt as 1001
lead link.txt hostile/real.txt 0
old hostile/real.txt 640 1001:1001
accepts "root follows a link of root's" link.txt
check "a link of root's is still there after a run" test -L link.txt
check "a link of root's: its target keeps owner and mode" \
  same '1001:1001 640' "$(stat -c '%u:%g %a' hostile/real.txt)"

rm hostile/*
# One line of the list stays, so that the guard lets the run pass.
old_lines >> system/shadow
shadow=$(cat system/shadow)
ln system/shadow hostile/list.txt
accepts "a hard link to root's file is replaced by the list" hostile/list.txt
check "a hard link to root's file: that file is unchanged" same "$shadow" "$(cat system/shadow)"
victim=$(state system/shadow)
rm hostile/list.txt
mknod hostile/list.txt c 1 3
irregular='hostile/list.txt: the list was left as it is: it is not a regular file'
check "a device in the list's place is refused" fails written hostile/list.txt
check "a device in the list's place: one line says why" same "$irregular" "$(cat said.txt)"
check "a device in the list's place is still there" test -c hostile/list.txt
rm hostile/list.txt
mkfifo hostile/list.txt
# A run that waited would be ended by `timeout` with status 124, which is not the status of `fails`.
check "a FIFO in the list's place is refused without waiting" \
  fails write hostile/list.txt timeout 20
check "a FIFO in the list's place: one line says why" same "$irregular" "$(cat said.txt)"
check "a FIFO in the list's place is still there" test -p hostile/list.txt
rm hostile/list.txt

# The user knows the names of the guard's proposal before it is made.
configure_guard
seq -f 'person%g@example.com' 100 > hostile/list.txt
lead hostile/list.txt.proposed "$folder/system/shadow"
lead hostile/list.txt.proposed.diff "$folder/system/shadow"
check "the guard stops a run although links have its proposal's names" \
  fails written hostile/list.txt
for name in list.txt.proposed list.txt.proposed.diff; do
  check "a link called $name is replaced by the guard's proposal" test ! -L "hostile/$name"
done
check "links with the proposal's names: their target is unchanged" spared
lead hostile/list.txt.accept "$folder/system/shadow"
refuses "an acceptance that is a link does not count" \
  'hostile/list.txt.accept is ignored, since it is a symbolic link' hostile/list.txt
check "an acceptance that is a link: its target is unchanged" spared
rm hostile/list.txt.accept
: > hostile/list.txt.accept
chown 1001 hostile/list.txt.accept
refuses "an acceptance of another user does not count" \
  'hostile/list.txt.accept is ignored, since it belongs to user id 1001' hostile/list.txt
rm hostile/list.txt.accept
rm -f hostile/list.txt
configure "AUDITFILE = $folder/hostile/audit.log"
lead hostile/audit.log "$folder/system/shadow"
refuses "an AUDITFILE that is a user's link is refused" \
  'is reached by a symbolic link of user id 1001' hostile/list.txt
check "an AUDITFILE that is a user's link: its target is unchanged" spared
rm hostile/audit.log
lead hostile/logs "$folder/system"
configure "AUDITFILE = $folder/hostile/logs/audit.log"
refuses "an AUDITFILE behind a user's link to a folder is refused" \
  'is reached by a symbolic link of user id 1001' hostile/list.txt
check "an AUDITFILE behind a user's link to a folder: no file is made there" spared
configure "AUDITFILE = $folder/hostile/audit.log"
: > hostile/audit.log
chown 1001 hostile/audit.log
refuses "an AUDITFILE that belongs to another user is refused" 'belongs to user id 1001' \
  hostile/list.txt
rm hostile/audit.log
ln system/shadow hostile/audit.log
refuses "an AUDITFILE that is a hard link to root's file is refused" 'has a hard link' \
  hostile/list.txt
check "an AUDITFILE that is a hard link to root's file: that file is unchanged" \
  same "$shadow" "$(cat system/shadow)"
check_end
