#!/bin/bash
# Whose a list is and who may do what with it, before and after; and lists in folders of users who
# mean harm.
set -euo pipefail
. "$TOP/Tests/Crash/crash.sh"

configure

# old LIST [MODE [OWNER]]: an old list.
old() {
  rm -f "$1"
  echo old@example.com > "$1"
  chmod "${2:-644}" "$1"
  chown "${3:-0:0}" "$1"
}

# rights PATH: owner, group, mode and access list.
rights() { stat -c '%u:%g %a' "$1" && getfacl --omit-header --numeric --absolute-names "$1"; }

kept() {
  local before
  before=$(rights "$1")
  written "$@" || return 1
  grep -q old@ "$1" && return 1
  same "$before" "$(rights "$1")"
}

# keeps NAME LIST [COMMAND...]: the list is replaced, and all of its rights are as before.
keeps() { check "$1" kept "${@:2}"; }

# ---- What root keeps ----------------------------------------------------------------------------

for mode in 600 640 664 444 2640 0; do
  old list.txt $mode 1001:1002
  keeps "another user's list of mode $mode keeps owner, group and mode" list.txt
done

old list.txt 640 1001:1002
setfacl -m u:1003:rw,g:1004:r list.txt
keeps "a list with an access list keeps it" list.txt
check "which has more than the mode" grep -q '^user:1003:rw' <(rights list.txt)

mkdir default
setfacl -m d:u:1003:rw,d:g:1004:r default
old default/list.txt
setfacl -b default/list.txt
keeps "a list without one gets none from its folder" default/list.txt
old default/list.txt 600
setfacl -b -m u:1005:r default/list.txt
keeps "and one with its own keeps that" default/list.txt
rm default/list.txt
accepts "a new list" default/list.txt
: > default/other.txt
check "is as any new file of that folder" same "$(rights default/other.txt)" \
  "$(rights default/list.txt)"

labels() {
  setfattr -n security.selinux -v system_u:object_r:etc_t:s0 "$1"
  setfattr -n trusted.note -v kept "$1"
}
old list.txt
if labels list.txt 2> /dev/null; then
  accepts "a list with labels" list.txt
  check "keeps that of SELinux" grep -q 'selinux="system_u:object_r:etc_t:s0"' \
    <(getfattr -d -m - list.txt)
  check "and others" grep -q 'trusted.note="kept"' <(getfattr -d -m - list.txt)
fi

# ---- What another user can keep -----------------------------------------------------------------

mkdir open own closed
chmod 777 open
chown 1001:1001 own
chmod 755 closed
owner='its owner cannot be kept (Operation not permitted); run as root or as its owner'
old open/list.txt
refuses "a user who may write to the folder does not take root's list" "$owner" \
  open/list.txt as 1001
old open/list.txt 640 1001:1002
refuses "nor his own from a group that he is not in" "$owner" open/list.txt as 1001
keeps "but in a group that he is in" open/list.txt \
  setpriv --reuid 1001 --regid 1001 --groups 1002 --
old own/list.txt 600 1001:1001
setfacl -m u:1003:r own/list.txt
keeps "a user's own list in his own folder" own/list.txt as 1001
old closed/list.txt 644 1001:1001
refuses "a folder that he may not write to" \
  'it cannot be written (Permission denied); run as a user who may write to its folder' \
  closed/list.txt as 1001
old own/list.txt 600
refuses "a list that he may not read" \
  'it cannot be read (permission denied); run as the user who may' own/list.txt as 1001
old own/list.txt 644 1001:1001
if chattr +i own/list.txt 2> /dev/null; then
  refuses "a list that nobody may change" \
    'it cannot be written (Operation not permitted); see with lsattr' own/list.txt
  chattr -i own/list.txt
fi

# ---- A folder of a user who means harm ----------------------------------------------------------

mkdir system hostile
echo root:secret > system/shadow
chmod 600 system/shadow
chown 1001 hostile
victim=$(state system/shadow)
spared() { same "$victim" "$(state system/shadow)" && same shadow "$(ls -A system)"; }

# lead LINK TARGET [OWNER]: a symbolic link of the user's, or of somebody else's.
lead() { ln -sfn "$2" "$1" && chown -h "${3:-1001}" "$1"; }

foreign='it is reached by a symbolic link of user id 1001, who may lead it anywhere; name the file'
lead hostile/list.txt "$folder/system/shadow"
refuses "root does not follow a user's link" "$foreign" hostile/list.txt
check "and the file behind it is spared" spared
lead hostile/list.txt "$folder/system/new"
check "nor one that leads to nothing" fails written hostile/list.txt
check "which makes no file" spared
lead "$folder/link.txt" hostile/list.txt 0
lead hostile/list.txt "$folder/system/shadow"
refuses "nor behind a link of root's" "$foreign" link.txt
check "and the file is spared" spared
refuses "nor does a third user" "$foreign" hostile/list.txt as 1003
rm hostile/list.txt
lead hostile/folder "$folder/system"
refuses "root does not follow a user's link of a folder" "$foreign" hostile/folder/shadow
lead inner hostile/folder 0
refuses "nor behind a link of root's" "$foreign" inner/shadow
check "and what is in that folder is spared" spared
mkdir hostile/own
chown 1001 hostile/own
lead hostile/folder own
accepts "but it does to a folder of that user's own" hostile/folder/list.txt
rm -r inner hostile/folder hostile/own
old hostile/real.txt 640 1001:1001
lead hostile/list.txt real.txt
keeps "the user follows his own link" hostile/list.txt as 1001
lead link.txt hostile/real.txt 0
old hostile/real.txt 640 1001:1001
accepts "root follows a link of root's" link.txt
check "which stays" test -L link.txt
check "and its target keeps its owner" same '1001:1001 640' "$(stat -c '%u:%g %a' hostile/real.txt)"

rm hostile/*
ln system/shadow hostile/list.txt
accepts "another name of a file of root's is taken from it" hostile/list.txt
check "and the file holds what it held" grep -qx root:secret system/shadow
victim=$(state system/shadow)
rm hostile/list.txt
mknod hostile/list.txt c 1 3
check "a device is refused" fails written hostile/list.txt
check "in one line" grep -qx 'hostile/list.txt: the list was left as it is: it is no regular file' \
  said.txt
check "and stays one" test -c hostile/list.txt
rm hostile/list.txt
mkfifo hostile/list.txt
check "a FIFO is not waited for" fails written hostile/list.txt timeout 20
check "but refused" grep -q 'it is no regular file' said.txt
rm hostile/list.txt

# What the guard stopped is kept under names that the user knows before.
configure "GROUPID = $single" "MAXREMOVED = 50%"
seq -f 'person%g@example.com' 100 > hostile/list.txt
lead hostile/list.txt.proposed "$folder/system/shadow"
lead hostile/list.txt.proposed.diff "$folder/system/shadow"
check "the guard stops a run where links wait for its proposal" fails written hostile/list.txt
check "which takes their place" test ! -L hostile/list.txt.proposed.diff
check "and their target is spared" spared
rm hostile/list.txt.proposed*
lead hostile/list.txt.accept "$folder/system/shadow"
accepts "an acceptance may be a link" hostile/list.txt
check "which is taken away" test ! -L hostile/list.txt.accept
check "and its target is spared" spared
configure "AUDITFILE = $folder/hostile/audit.log"
lead hostile/audit.log "$folder/system/shadow"
refuses "an AUDITFILE that is a user's link is refused" \
  'is reached by a symbolic link of user id 1001' hostile/list.txt
check "and its target is spared" spared
rm hostile/audit.log
lead hostile/logs "$folder/system"
configure "AUDITFILE = $folder/hostile/logs/audit.log"
refuses "so is one behind a user's link" 'is reached by a symbolic link of user id 1001' \
  hostile/list.txt
check "and no file is made there" spared
configure "AUDITFILE = $folder/hostile/audit.log"
: > hostile/audit.log
chown 1001 hostile/audit.log
refuses "so is one that a user has made ready" 'belongs to another user' hostile/list.txt
rm hostile/audit.log
ln system/shadow hostile/audit.log
refuses "so is another name of a file of root's" 'has a second name' hostile/list.txt
check "to which nothing is added" same root:secret "$(cat system/shadow)"
check_end
