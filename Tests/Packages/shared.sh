# shellcheck shell=bash
# What the scripts that run in a clean root share: source this file there.
set -euo pipefail
cd /
# shellcheck source=Tests/tap.sh
. /test/tap.sh

conf=/server/example/config/entraid/usersync.entraidconf
# shellcheck disable=SC2034
lists=/server/example/config

# documented HEADING FOLDER: runs the commands of docs/install.md below a heading.
documented() {
  local commands
  commands=$(/test/commands /test/install.md "$1") || return 99
  (cd "$2" && bash -euc "$commands")
}
product='/opt/Sec@GW/lib/SecAtGW'
# files: what there is, but for what apt and dpkg write down, and for what the test brings.
files() {
  find / -xdev \( -path /proc -o -path /dev -o -path /sys -o -path /test -o -path /server \
    -o -path /tmp -o -path /var/lib/dpkg -o -path /var/lib/apt -o -path /var/cache \
    -o -path /var/log/apt -o -path '/var/log/*.log' -o -path /packages -o -path /next \) -prune \
    -o -printf '%p %y %m %u %g %l\n' | sort
}
# count LIST: how many lines a list has; 0 for none.
count() { if [ -s "$1" ]; then wc -l < "$1"; else echo 0; fi; }
has_people() { [ "$(count "$1")" -gt 0 ] || { echo "$1 has no lines"; false; }; }
quietly() { local said; said=$("$@" 2>&1) || { echo "$said"; false; }; same "" "$said"; }

# Twelve scripts load the modules and ask for people, over and over, until `scripts_end`: six as a
# program of its own does, and six as the product's scripts do, by its init.pl. If that one leads to
# the product's own modules, as a drop-in does that cannot load ours, the script fails.
scripts_begin() {
  local number
  rm -f /test/stop /test/runs.*
  for number in {1..12}; do
    (
      way=-Mstrict
      [ $((number % 2)) = 0 ] || [ ! -e "$product/EntraID.pm" ] || way='-Mlib=/opt/Sec@GW/lib'
      while [ ! -e /test/stop ]; do
        if perl "$way" -MSecAtGW::LDAPCrons -MSecAtGW::EntraID -e '
          die "the product answers" for grep { !$_->can("is_from_entrasync") }
            qw(SecAtGW::LDAPCrons SecAtGW::EntraID);
          exit !( SecAtGW::EntraID::entraid_search($ARGV[0]) )' "$conf" > "/test/said.$number" 2>&1
        then echo good; else echo "bad $?: $(tail -1 "/test/said.$number")"; fi
      done > "/test/runs.$number"
    ) &
  done
}
scripts_end() {
  touch /test/stop
  wait
  check "scripts have run meanwhile" test "$(cat /test/runs.* | grep -c good)" -gt 24
  check "none of them failed" fails grep -h bad /test/runs.*
}
