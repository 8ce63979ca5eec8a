#!/bin/sh
# Removes what install.sh or `make install` has installed:
#
#     ./uninstall.sh [--prefix FOLDER | --list FILE]
#
# FOLDER is /usr/local if it is not named. FILE names what was installed; it is
# FOLDER/lib/entrasync/installed. Folders are removed only if they were made by installing, and if
# nothing else is in them. If a drop-in in /opt/Sec@GW/lib leads to these files, the product gets
# its own modules back first. A drop-in in another folder is removed by `entraid dropin remove`,
# before this.
set -eu
export LC_ALL=C

fail() { echo "uninstall.sh: $*" >&2; exit 1; }

installed=/usr/local/lib/entrasync/installed
case $#,${1-} in
  0,) ;;
  2,--prefix) installed=$2/lib/entrasync/installed ;;
  2,--list) installed=$2 ;;
  *) echo "usage: ./uninstall.sh [--prefix FOLDER | --list FILE]" >&2; exit 2 ;;
esac
[ -f "$installed" ] || fail "there is no $installed, which names what was installed"
list=$(sort -r "$installed")

# The small files of a drop-in name the module that they load.
product='/opt/Sec@GW/lib'
remove=$(printf '%s\n' "$list" | grep '/entraid-dropin-remove$' || true)
if [ -n "$remove" ] && printf '%s\n' "$list" | grep '\.pm$' \
    | grep -qsFf - "$product/SecAtGW/EntraID.pm" "$product/SecAtGW/LDAPCrons.pm"; then
  "$remove" --lib "$product" --accept-change --quiet \
    || fail "the drop-in in $product was not removed, and nothing else was"
fi

# A folder may have two names, as /usr/local/man has on Debian: all files go before any folder. The
# list goes last, so that this can be done again.
failed=$(printf '%s\n' "$list" | grep -v '/$' | while IFS= read -r file; do
  rm -f "$file" || echo failed
done)
[ -z "$failed" ] || fail "not all files were removed; $installed still names them"
rm -f "$installed"
printf '%s\n' "$list" | grep '/$' | while IFS= read -r folder; do
  rmdir "$folder" 2> /dev/null || true
done
[ "$(id -u)" -ne 0 ] || ! command -v ldconfig > /dev/null || ldconfig
state=/var/lib/entrasync
if printf '%s\n' "$list" | grep -qxF "$state/" && [ -d "$state" ]; then
  echo "$state has what runs have left; remove it if nobody needs it"
fi
echo "entrasync is removed; $installed named its files"
