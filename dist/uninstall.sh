#!/bin/sh
# Removes what install.sh has installed:
#
#     ./uninstall.sh [--prefix FOLDER]
#
# FOLDER is /usr/local if it is not named. Folders are removed only if install.sh has made them, and
# if nothing else is in them. A drop-in in a product's folder is removed by `entraid dropin remove`,
# before this.
set -eu
export LC_ALL=C

prefix=/usr/local
if [ $# -eq 2 ] && [ "$1" = --prefix ]; then
  prefix=$2
elif [ $# -gt 0 ]; then
  echo "usage: ./uninstall.sh [--prefix FOLDER]" >&2
  exit 2
fi
installed=$prefix/lib/entrasync/installed
[ -f "$installed" ] || { echo "uninstall.sh: there is no $installed" >&2; exit 1; }

list=$(sort -r "$installed")
rm -f "$installed"
# A folder may have two names, as /usr/local/man has on Debian: all files go before any folder.
printf '%s\n' "$list" | grep -v '/$' | while IFS= read -r file; do rm -f "$file"; done
printf '%s\n' "$list" | grep '/$' | while IFS= read -r folder; do
  rmdir "$folder" 2> /dev/null || true
done
[ "$prefix" != /usr/local ] || [ "$(id -u)" -ne 0 ] || ! command -v ldconfig > /dev/null || ldconfig
echo "entrasync is removed from $prefix"
