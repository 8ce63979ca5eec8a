#!/bin/bash
# Disks that are full, or that may only be read.
set -euo pipefail
. "$TOP/Tests/Crash/crash.sh"

# disk NAME OPTIONS: mounts a small one.
disk() { mkdir "$1" && mount -t tmpfs -o "$2" "entrasync-$1" "$1"; }

# fill FOLDER BYTES: leaves so many bytes free, which is a number of pages.
fill() {
  rm -f "$1/filler"
  dd if=/dev/zero of="$1/filler" bs=4096 2> dd.txt || grep -q 'No space left' dd.txt
  truncate -s "-$2" "$1/filler"
}

# free FOLDER: how many bytes are.
free() { echo $(($(stat -f -c '%a * %S' "$1"))); }

whole() { [ "$(wc -l < "$1")" -gt 1000 ] && cmp "$folder/whole.txt" "$1"; }

configure
accepts "a disk with room" whole.txt

disk full size=256k
echo old@example.com > full/list.txt
for room in 0 4096 16384; do
  fill full $room
  check "a disk with $room bytes free" same $room "$(free full)"
  refuses "does not take the list" \
    'it cannot be written (No space left on device); make room there' full/list.txt
  check "and has as much room as before" same $room "$(free full)"
done
rm full/filler
accepts "after making room the next run succeeds" full/list.txt
check "and the list is whole" whole full/list.txt
check "and alone" same list.txt "$(ls -A full)"

disk few size=256k,nr_inodes=3
echo old@example.com > few/list.txt
: > few/filler
refuses "a disk that takes no more files" 'No space left on device); make room there' few/list.txt
rm few/filler
accepts "one file less, and it succeeds" few/list.txt

# ---- The guard, where what it stopped cannot be kept --------------------------------------------

cp whole.txt full/list.txt
configure "GROUPID = $single" "MAXREMOVED = 50%"
lines=$(wc -l < whole.txt)
guard="$lines of $lines lines would be removed"
unkept='what would change cannot be kept beside the list'
for room in 0 4096; do
  fill full $room
  refuses "the guard on a disk with $room bytes free" \
    "$guard|$unkept: No space left on device|touch full/list.txt.accept" full/list.txt
  check "which has as much room as before" same $room "$(free full)"
done
rm full/filler
check "the guard on a disk with room" fails written full/list.txt
check "says where to look" grep -qF "$guard" said.txt
check "there" grep -qF 'look at full/list.txt.proposed.diff' said.txt
check "keeps what it stopped" same 1 "$(wc -l < full/list.txt.proposed)"
check "and what would change" same "$lines" "$(grep -c '^- ' full/list.txt.proposed.diff)"

# ---- A disk that may only be read ---------------------------------------------------------------

configure
disk fixed size=256k
echo old@example.com > fixed/list.txt
mount -o remount,ro fixed
refuses "a read-only disk" \
  'it cannot be written (Read-only file system); mount it for writing' fixed/list.txt
mount -o remount,rw fixed
accepts "once it may be written, the next run succeeds" fixed/list.txt
mount -o remount,ro fixed
accepts "where nothing changes, nothing is written" fixed/list.txt
check "and nothing said" same "" "$(cat said.txt)"
configure "GROUPID = $single" "MAXREMOVED = 50%"
refuses "the guard on a read-only disk" "$guard|$unkept: Read-only file system" fixed/list.txt
mount -o remount,rw fixed
: > fixed/list.txt.accept
mount -o remount,ro fixed
refuses "an acceptance that would count for ever" \
  'fixed/list.txt.accept cannot be taken away (Read-only file system)' fixed/list.txt

# ---- The AUDITFILE ------------------------------------------------------------------------------

mkdir lists
echo old@example.com > lists/list.txt
for room in 0 4096; do
  configure "AUDITFILE = $folder/full/audit.log"
  rm -f full/*
  : > full/audit.log
  fill full $room
  refuses "an AUDITFILE on a disk with $room bytes free" \
    "AUDITFILE $folder/full/audit.log cannot be written (No space left on device); make room" \
    lists/list.txt
done
configure "AUDITFILE = $folder/fixed/audit.log"
refuses "an AUDITFILE on a read-only disk" \
  "AUDITFILE $folder/fixed/audit.log cannot be written (Read-only file system); mount it" \
  lists/list.txt
configure "AUDITFILE = $folder/full/audit.log"
rm full/filler
accepts "after making room the next run succeeds" lists/list.txt
check "and is written down" grep -qF "$(tail -n 1 whole.txt)" full/audit.log
check_end
