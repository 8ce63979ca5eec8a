#!/bin/sh
# Puts the files of a stage into place, each by renaming, so that a program that runs keeps what it
# has loaded:
#
#     dist/place.sh STAGE ROOT [LIST]
#
# STAGE/usr/lib/x becomes ROOT/usr/lib/x. ROOT is empty for the system itself. The file LIST then
# names the files, and the folders that had to be made, for uninstall.sh. What an earlier LIST names
# and STAGE does not have goes. If it fails midway, LIST names what there may be by then.
set -eu
export LC_ALL=C
umask 022

stage=$1
root=$2
list=${3-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: > "$work/before"
[ -z "$list" ] || [ ! -f "$list" ] || cp "$list" "$work/before"
: > "$work/made"

# make_folder FOLDER: makes a folder and those above it, and notes each that was not there.
make_folder() {
  [ ! -d "$1" ] || return 0
  make_folder "$(dirname "$1")"
  mkdir "$1"
  printf '%s/\n' "$1" >> "$work/made"
}

# put FILE: installs a file or a link of the stage under its final name at once. A folder of that
# name, or a link to one, is no place for it.
put() {
  folder=$(dirname "$root${1#.}")
  make_folder "$folder"
  cp -P "$stage/${1#.}" "$folder/.entrasync-new"
  mv -fT "$folder/.entrasync-new" "$root${1#.}" || {
    rm -f "$folder/.entrasync-new"
    exit 1
  }
}

# keep_list: writes the list of the lines that it reads.
keep_list() {
  sort -u > "$work/list"
  cp "$work/list" "$list.new"
  mv -f "$list.new" "$list"
}

# real PATHS: a list of files, each by the one name that leads there without a link to a folder.
real() {
  while IFS= read -r file; do
    folder=$(cd -P "$(dirname "$file")" 2> /dev/null && pwd) || continue
    printf '%s/%s\t%s\n' "$folder" "${file##*/}" "$file"
  done < "$1" | sort
}

# Libraries come first, since the others need them, and links to them after what they lead to.
(
  cd "$stage"
  find . -name 'lib*.so*' -type f | sort
  find . -name 'lib*.so*' -type l | sort
  find . ! -name 'lib*.so*' \( -type f -o -type l \) | sort
) > "$work/staged"
while IFS= read -r file; do
  printf '%s%s\n' "$root" "${file#.}"
done < "$work/staged" > "$work/files"

if [ -n "$list" ]; then
  make_folder "$(dirname "$list")"
  sort -u "$work/before" "$work/files" "$work/made" | keep_list
fi
while IFS= read -r file; do put "$file"; done < "$work/staged"
# A folder without files is made with the mode that it has in the stage, unless it is there.
(cd "$stage" && find . -type d -empty) > "$work/folders"
while IFS= read -r folder; do
  [ -d "$root${folder#.}" ] || {
    make_folder "$root${folder#.}"
    chmod "$(stat -c %a "$stage/${folder#.}")" "$root${folder#.}"
  }
done < "$work/folders"
[ -n "$list" ] || exit 0

# A folder may have two names: a file that is here by another name is not gone.
grep -v '/$' "$work/before" > "$work/old" || true
real "$work/files" | cut -f 1 > "$work/now"
real "$work/old" > "$work/then"
join -t "$(printf '\t')" -v 2 -o 2.2 "$work/now" "$work/then" > "$work/gone"
while IFS= read -r file; do rm -f "$file"; done < "$work/gone"
# A folder that an earlier version has made is still ours.
{ cat "$work/files" "$work/made"; grep '/$' "$work/before" || true; } | keep_list
