# shellcheck shell=bash
# The product's scripts, which find its modules in its own folder first, while the perl below them
# is replaced: source this file after shared.sh in a clean root, before the drop-in is installed.

lib='/opt/Sec@GW/lib'
: "${product:?}" "${conf:?}"
# The product as it is without entrasync.
cp /test/product/*.pm "$product"
cp -R "$lib" /test/own
# restored FOLDER: whether nothing of entrasync is left in a copy of the product's folder.
restored() { diff -r /test/own "$1"; }
# of_entrasync: the files of entrasync that there are, but for what the test brings.
of_entrasync() {
  find / -xdev \( -path /proc -o -path /test -o -path '/packages*' -o -path /next \
    -o -path /server \) -prune -o -iname '*entrasync*' -print
}

# What such a script does. It prints whose module has answered.
script='
  use SecAtGW::LDAPCrons;
  use SecAtGW::EntraID;
  my @people = SecAtGW::EntraID::entraid_search( $ARGV[0] );
  die "nobody was found\n" unless @people;
  print SecAtGW::EntraID->can("is_from_entrasync") ? "entrasync" : "product", "\n";'
# run_script FOLDER: runs it with the modules of a folder.
run_script() { perl "-I$1" -e "$script" "$conf" 2>&1; }

# All that a script may say when entrasync cannot be loaded: this one line, in which the product's
# own module takes its place, and what to do.
warning="^entrasync's /.*SecAtGW/.*\.pm could not be loaded: .*; the product's own is used in its"
warning+=" place; install entrasync for this perl and run entraid dropin install, or undo that with:"
# verdict SAID: what a run is called that ended well and has said this.
verdict() {
  case $1 in entrasync | product) echo "$1"; return ;; esac
  if [ "$(wc -l <<< "$1")" = 2 ] && grep -q "$warning" <<< "${1%%$'\n'*}" \
    && grep -qxE 'entrasync|product' <<< "${1##*$'\n'}"; then
    echo warned
  else
    echo "bad: $1"
  fi
}

# Six of these scripts run, over and over, until `product_ends`. While dpkg replaces perl, no script
# can run at all for a moment. So each run lies between two others of the product without entrasync:
# it counts unless one of these has failed, too. A seventh is started once, and looks for people
# again at the end.
product_begins() {
  local number
  rm -f /test/stop /test/runs.*
  perl "-I$lib" -e "$script
    sleep 1 until -e '/test/stop';
    @people = SecAtGW::EntraID::entraid_search( \$ARGV[0] );
    print scalar @people, ' people';" "$conf" > /test/long 2>&1 &
  for number in {1..6}; do
    (
      before=bad
      while [ ! -e /test/stop ]; do
        said=$(run_script "$lib") && found=$(verdict "$said") || found="bad: $said"
        after=bad
        ! run_script /test/own > /dev/null || after=good
        case $found in
          # dpkg replaces the loader and libc one after the other: no program runs between the two.
          bad*"symbol lookup error: "*/libc.so.6:*) found=perl ;;
          bad*) [ $before$after = goodgood ] || found=perl ;;
        esac
        before=$after
        echo "${found//$'\n'/ | }"
      done > "/test/runs.$number"
    ) &
  done
}
# product_ends VERDICT...: ends them. There are runs of each of these kinds, and none that failed.
product_ends() {
  local kind
  touch /test/stop
  wait
  echo "# runs meanwhile: $(cut -d: -f1 /test/runs.* | sort | uniq -c | xargs)"
  check "a script that has run all the time finds people again" grep -q '[1-9] people$' /test/long
  for kind; do
    check "runs of the product's scripts meanwhile: $kind" grep -qx "$kind" /test/runs.*
  done
  check "the product's scripts never failed meanwhile" fails grep -h ^bad /test/runs.*
}
