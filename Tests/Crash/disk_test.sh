#!/bin/bash
# Disks that are full, or mounted read-only.
set -euo pipefail
. "$TOP/Tests/Crash/crash.sh"

# disk NAME OPTIONS: mounts a small disk.
disk() { mkdir "$1" && mount -t tmpfs -o "$2" "entrasync-$1" "$1"; }

# fill FOLDER BYTES: leaves this many bytes free, which must be whole pages.
fill() {
  rm -f "$1/filler"
  dd if=/dev/zero of="$1/filler" bs=4096 2> dd.txt || grep -q 'No space left' dd.txt
  truncate -s "-$2" "$1/filler"
}

# free FOLDER: prints how many bytes are free.
free() { echo $(($(stat -f -c '%a * %S' "$1"))); }

whole() { [ "$(wc -l < "$1")" -gt 1000 ] && cmp "$folder/whole.txt" "$1"; }

configure
accepts "a list is written to a disk with room" whole.txt

disk full size=256k
old_lines > full/list.txt
for room in 0 4096 16384; do
  fill full $room
  disk="a disk with $room bytes free"
  check "$disk was made" same $room "$(free full)"
  refuses "$disk: the list is not written" \
    'it cannot be written (No space left on device); make room there' full/list.txt
  check "$disk: a failed run takes no room" same $room "$(free full)"
done
rm full/filler
accepts "a full disk: the run after making room succeeds" full/list.txt
check "a full disk: the list is whole after making room" whole full/list.txt
check "a full disk: nothing is beside the list after making room" same list.txt "$(ls -A full)"

disk few size=256k,nr_inodes=3
old_lines > few/list.txt
: > few/filler
refuses "a disk without free inodes: the list is not written" \
  'No space left on device); make room there' few/list.txt
rm few/filler
accepts "a disk without free inodes: the run after removing a file succeeds" few/list.txt

# ---- The guard, where its proposal cannot be kept -----------------------------------------------

cp whole.txt full/list.txt
configure_guard
lines=$(wc -l < whole.txt)
guard="none of its $lines lines would stay"
unkept='what would change cannot be kept beside the list'
for room in 0 4096; do
  fill full $room
  disk="a disk with $room bytes free"
  refuses "$disk: the guard stops the run and says that its proposal cannot be kept" \
    "$guard|nobody can accept the change|$unkept: No space left on device" full/list.txt
  check "$disk: a run that the guard stops takes no room" same $room "$(free full)"
done
rm full/filler
check "a disk with room: the guard stops the run" fails written full/list.txt
check "a disk with room: the guard says why" grep -qF "$guard" said.txt
check "a disk with room: the guard names its proposal" \
  grep -qF 'look at full/list.txt.proposed.diff' said.txt
check "a disk with room: the proposal holds the new list" \
  same 1 "$(wc -l < full/list.txt.proposed)"
check "a disk with room: the proposal's diff holds what would be removed" \
  same "$lines" "$(grep -c '^- ' full/list.txt.proposed.diff)"

# ---- A read-only disk ---------------------------------------------------------------------------

configure
disk fixed size=256k
old_lines > fixed/list.txt
mount -o remount,ro fixed
refuses "a read-only disk: the list is not written" \
  'it cannot be written (Read-only file system); mount it for writing' fixed/list.txt
mount -o remount,rw fixed
accepts "a read-only disk: the run after mounting it for writing succeeds" fixed/list.txt
mount -o remount,ro fixed
accepts "a read-only disk: a run that changes nothing succeeds" fixed/list.txt
check "a read-only disk: a run that changes nothing says nothing" same "" "$(cat said.txt)"
configure_guard
refuses "a read-only disk: the guard stops the run and says that its proposal cannot be kept" \
  "$guard|$unkept: Read-only file system" fixed/list.txt
mount -o remount,rw fixed
: > fixed/list.txt.accept
mount -o remount,ro fixed
refuses "a read-only disk: an acceptance that cannot be removed does not count" \
  'fixed/list.txt.accept does not count, since it cannot be removed (Read-only file system)' \
  fixed/list.txt

# ---- Files that something is mounted on ---------------------------------------------------------

# A container's mount of a single file, of another disk and of the same.
configure
mkdir mounted
: > mounted/list.txt
for place in full .; do
  old_lines > "$place/theirs.txt"
  mount --bind "$place/theirs.txt" mounted/list.txt
  refuses "a list that is a mount point ($place): the run says so, and what to do" \
    'it cannot be replaced (Device or resource busy), since it is a mount point|mount its folder' \
    mounted/list.txt
  umount mounted/list.txt
done
mount --bind full mounted
old_lines > full/list.txt
accepts "a list in a folder that is a mount point is written" mounted/list.txt
umount mounted
cp whole.txt mounted/list.txt
configure_guard
for name in list.txt.proposed list.txt.proposed.diff; do
  : > "mounted/$name"
  mount --bind theirs.txt "mounted/$name"
  refuses "a mount point called $name: the run says that its proposal cannot be kept" \
    "$guard|$unkept: Device or resource busy, since something is mounted there" mounted/list.txt
  umount "mounted/$name"
  rm -f mounted/list.txt.proposed*
done
: > mounted/list.txt.accept
: > accept.txt
mount --bind accept.txt mounted/list.txt.accept
check "an acceptance that is a mount point does not count" fails written mounted/list.txt
check "an acceptance that is a mount point: the run says so" grep -qF \
  'list.txt.accept does not count, since it is a mount point of its own (Device or resource busy)' \
  said.txt
umount mounted/list.txt.accept
: > audit.log
: > mounted/audit.log
mount --bind audit.log mounted/audit.log
configure "AUDITFILE = $folder/mounted/audit.log"
rm -f mounted/list.txt*
accepts "an AUDITFILE that is a mount point is written" mounted/list.txt
check "an AUDITFILE that is a mount point has the run" grep -q 'run begins' audit.log
umount mounted/audit.log

# ---- The AUDITFILE ------------------------------------------------------------------------------

mkdir lists
old_lines > lists/list.txt
for room in 0 4096; do
  configure "AUDITFILE = $folder/full/audit.log"
  rm -f full/*
  : > full/audit.log
  fill full $room
  refuses "an AUDITFILE on a disk with $room bytes free: the list is not written" \
    "AUDITFILE $folder/full/audit.log cannot be written (No space left on device); make room" \
    lists/list.txt
done
configure "AUDITFILE = $folder/fixed/audit.log"
refuses "an AUDITFILE on a read-only disk: the list is not written" \
  "AUDITFILE $folder/fixed/audit.log cannot be written (Read-only file system); mount it" \
  lists/list.txt
configure "AUDITFILE = $folder/full/audit.log"
rm full/filler
accepts "an AUDITFILE on a full disk: the run after making room succeeds" lists/list.txt
check "an AUDITFILE on a full disk: the run after making room is recorded" \
  grep -qF "$(tail -n 1 whole.txt)" full/audit.log
check_end
