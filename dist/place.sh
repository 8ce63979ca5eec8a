#!/bin/sh
# Puts the files of a stage into place, each by renaming, so that a program that runs keeps what it
# has loaded:
#
#     dist/place.sh STAGE ROOT [LIST]
#
# STAGE/usr/lib/x becomes ROOT/usr/lib/x. ROOT is empty for the system itself. The file LIST then
# names the files, and the folders that had to be made, for uninstall.sh. What an earlier LIST names
# and STAGE does not have goes.
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
: > "$work/installed"
# A folder that an earlier version has made is still ours.
grep '/$' "$work/before" >> "$work/installed" || true

# make_folder FOLDER: makes a folder and those above it, and notes each that was not there.
make_folder() {
  [ ! -d "$1" ] || return 0
  make_folder "$(dirname "$1")"
  mkdir "$1"
  printf '%s/\n' "$1" >> "$work/installed"
}

# put FILE: installs a file or a link of the stage under its final name at once.
put() {
  make_folder "$(dirname "$root${1#.}")"
  rm -f "$root${1#.}.new"
  cp -P "$stage/${1#.}" "$root${1#.}.new"
  mv -f "$root${1#.}.new" "$root${1#.}"
  printf '%s\n' "$root${1#.}" >> "$work/installed"
}

# Libraries come first, since the others need them, and links to them after what they lead to.
(
  cd "$stage"
  find . -name 'lib*.so*' -type f | sort
  find . -name 'lib*.so*' -type l | sort
  find . ! -name 'lib*.so*' \( -type f -o -type l \) | sort
) > "$work/staged"
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

make_folder "$(dirname "$list")"
sort -u "$work/installed" > "$work/now"
sort "$work/before" | comm -13 "$work/now" - > "$work/gone"
while IFS= read -r file; do rm -f "$file"; done < "$work/gone"
cp "$work/now" "$list.new"
mv -f "$list.new" "$list"
